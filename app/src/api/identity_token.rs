//! `POST /api/identity_token`: the signed-in user, as a token for Reqio.

use json_post::JsonPost;
use leptos::prelude::*;
use reqio_identity::Identity;

use crate::ApiError;

/// Mints a token for whoever the session says is signed in. It takes no argument on purpose:
/// nothing that the browser could send may decide who the token is for. An open tab asks by itself,
/// so asking does not count as a use of the session.
///
/// # Errors
/// `unauthorized` without a session, `identity_error` if the token cannot be made.
#[server(endpoint = "identity_token", protocol = JsonPost)]
pub async fn identity_token() -> Result<Identity, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let user = backend.unattended_user().await?;
    backend.mint(&user)
}
