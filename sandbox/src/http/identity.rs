//! Who the sandbox takes a visitor for, and why not.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Extension, Form, State};
use maud::Markup;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Answer;
use crate::Sandbox;
use crate::error::ApiError;
use crate::pages;
use crate::store::Visitor;
use crate::token::Judgement;

/// How many verdicts the page shows.
const VERDICTS_SHOWN: u32 = 50;

#[derive(Deserialize)]
pub(crate) struct Pasted {
    token: String,
}

/// The first call of the widget. What Reqio answers is not documented: this answer is the sandbox's
/// own.
pub(crate) async fn widget_config(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let identity = identity_of(&sandbox, &visitor).await?;
    let project = sandbox.config.project.as_str();
    let config = json!({ "project": project, "sandbox": true, "identity": identity });
    Ok(Json(config))
}

/// The sandbox's own addition: whom it takes the caller for.
pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    Ok(Json(identity_of(&sandbox, &visitor).await?))
}

async fn identity_of(sandbox: &Sandbox, visitor: &Visitor) -> Result<Value, ApiError> {
    let requester = match visitor {
        Visitor::Identified(row) => sandbox.store.requester(*row).await?,
        Visitor::Anonymous(_) => None,
    };
    Ok(json!({ "identified": requester.is_some(), "requester": requester }))
}

/// The last verdicts on tokens, for the person who wonders why one was refused.
pub(crate) async fn page(State(sandbox): State<Sandbox>) -> Result<Markup, ApiError> {
    page_with(&sandbox, None).await
}

/// The verdict on a pasted token, which is neither kept nor counted as seen.
pub(crate) async fn check(
    State(sandbox): State<Sandbox>,
    pasted: Result<Form<Pasted>, FormRejection>,
) -> Result<Markup, ApiError> {
    let Form(Pasted { token }) =
        pasted.map_err(|_| ApiError::InvalidInput("paste a token".into()))?;
    let judgement = sandbox.verifier.judge(token.trim(), sandbox.now());
    page_with(&sandbox, Some(&judgement)).await
}

async fn page_with(sandbox: &Sandbox, pasted: Option<&Judgement>) -> Result<Markup, ApiError> {
    let verdicts = sandbox.store.newest_token_verdicts(VERDICTS_SHOWN).await?;
    let (config, now) = (&sandbox.config, sandbox.now());
    Ok(pages::identity(config, now, &verdicts, pasted))
}
