//! `POST /api/sign_out`: the end of the session.

use json_post::JsonPost;
use leptos::prelude::*;

use crate::ApiError;

/// Ends the session on the server and removes its cookie. Without a session there is nothing to do,
/// which is no error.
///
/// With the id of a `user` it ends the session only if it is theirs: a sign-out that could not be
/// delivered, and is tried again after somebody else has signed in, must not end that session.
///
/// # Errors
/// `unavailable`, in which case the session may still be open.
#[server(endpoint = "sign_out", protocol = JsonPost)]
pub async fn sign_out(user: Option<String>) -> Result<(), ApiError> {
    let backend = crate::backend::Backend::current()?;
    backend.sign_out(user.as_deref()).await
}
