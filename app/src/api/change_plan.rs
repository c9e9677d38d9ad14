//! `POST /api/change_plan`: another plan, and so other traits in the next token.

use json_post::JsonPost;
use leptos::prelude::*;
use reqio_identity::Interval;

use crate::{ApiError, Plan, User};

/// Puts the signed-in user on another plan. The demo's stand-in for a checkout.
///
/// # Errors
/// `unauthorized` without a session, `invalid_input` for a plan or interval there is not.
#[server(endpoint = "change_plan", protocol = JsonPost)]
pub async fn change_plan(plan: Plan, interval: Interval) -> Result<User, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let user = backend.signed_in_user().await?;
    backend.change_plan(&user, plan, interval).await
}
