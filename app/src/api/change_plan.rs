//! `POST /api/change_plan`: another plan, and so other traits in the next token.

use json_post::JsonPost;
use leptos::prelude::*;
use reqio_identity::Interval;

use crate::{ApiError, Plan, User};

/// Puts the signed-in user on another plan. The demo's stand-in for a checkout: nobody pays, so it
/// is there in the sandbox alone. What weighs in a real backlog has to be paid for.
///
/// # Errors
/// `unauthorized` without a session, `invalid_input` for a plan or interval there is not,
/// `not_found` for a real project.
#[server(endpoint = "change_plan", protocol = JsonPost)]
pub async fn change_plan(plan: Plan, interval: Interval) -> Result<User, ApiError> {
    let backend = crate::backend::Backend::current()?;
    if !backend.reqio().sandbox {
        return Err(ApiError {
            message: "Plans change at a checkout, which this demo has in the sandbox alone.".into(),
            ..crate::ErrorCode::NotFound.into()
        });
    }
    let user = backend.signed_in_user().await?;
    backend.change_plan(&user, plan, interval).await
}
