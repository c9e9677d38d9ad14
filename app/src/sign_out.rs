//! `POST /api/sign_out`: the end of the session.

use leptos::prelude::*;

use crate::{ApiError, JsonPost};

/// Ends the session on the server and removes its cookie. Without a session there is nothing to do,
/// which is no error.
///
/// # Errors
/// `unavailable`, in which case the session may still be open.
#[server(endpoint = "sign_out", protocol = JsonPost)]
pub async fn sign_out() -> Result<(), ApiError> {
    crate::backend::Backend::current()?.sign_out().await
}
