//! `POST /api/sign_in`: an email and a password for a session.

use json_post::JsonPost;
use leptos::prelude::*;

use crate::{ApiError, Password, User};

/// Signs a user in: the session goes into a cookie that scripts cannot read.
///
/// # Errors
/// `invalid_credentials`, `invalid_input`, or `too_many_attempts` with the seconds to wait.
#[server(endpoint = "sign_in", protocol = JsonPost)]
pub async fn sign_in(email: String, password: Password) -> Result<User, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let email = email.parse()?;
    let password = accounts::Password::enter(password.into_inner())?;
    backend.sign_in(&email, password).await
}
