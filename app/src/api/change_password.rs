//! `POST /api/change_password`: another password, and the end of every session but a new one here.

use json_post::JsonPost;
use leptos::prelude::*;

use crate::{ApiError, Password, User};

/// Gives the signed-in user another password. Whoever else is signed in as this user no longer is,
/// and the session here goes on under a new id.
///
/// # Errors
/// `unauthorized` without a session, `invalid_credentials` if the current password is wrong,
/// `invalid_input` for a new one that cannot be used and for demo customers, who share theirs, or
/// `too_many_attempts` with the seconds to wait.
#[server(endpoint = "change_password", protocol = JsonPost)]
pub async fn change_password(
    current_password: Password,
    new_password: Password,
) -> Result<User, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let user = backend.signed_in_user().await?;
    let current = accounts::Password::enter(current_password.into_inner())?;
    let new = accounts::Password::choose(new_password.into_inner())?;
    backend.count_attempt(&user.email.parse()?).await?;
    backend.change_password(current, new).await
}
