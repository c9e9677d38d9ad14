//! `POST /api/identity_token`: the signed-in user, as a token for Reqio.

use identity::Token;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ApiError, JsonPost};

/// A token and how long it is good for.
///
/// The lifetime travels as a duration because the visitor's clock may be wrong by minutes: counting
/// from the moment of arrival needs no clock at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// What `window.Reqio.identify` takes.
    pub token: Token,
    /// Seconds from now until the token expires.
    pub expires_in: u64,
}

/// Mints a token for whoever the session says is signed in. It takes no argument on purpose:
/// nothing that the browser could send may decide who the token is for.
///
/// # Errors
/// `unauthorized` without a session, `identity_error` if the token cannot be made.
#[server(endpoint = "identity_token", protocol = JsonPost)]
pub async fn identity_token() -> Result<Identity, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let user = backend.signed_in_user().await?;
    backend.mint(&user)
}
