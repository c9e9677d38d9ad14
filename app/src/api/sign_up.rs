//! `POST /api/sign_up`: a new user, signed in at once, on the free plan.

use json_post::JsonPost;
use leptos::prelude::*;

use crate::{ApiError, Password, User};

/// Creates a user and signs them in.
///
/// Nobody asks whether the email is theirs, and yet their tokens will carry it: send a mail that
/// they answer before you tell Reqio, or anybody, that it is.
///
/// # Errors
/// `email_taken`, `invalid_input`, or `too_many_attempts` with the seconds to wait.
#[server(endpoint = "sign_up", protocol = JsonPost)]
pub async fn sign_up(name: String, email: String, password: Password) -> Result<User, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let new = accounts::NewUser {
        name: name.parse()?,
        email: email.parse()?,
        password: accounts::Password::choose(password.into_inner())?,
        billing: accounts::Billing::free(),
    };
    backend.sign_up(new).await
}
