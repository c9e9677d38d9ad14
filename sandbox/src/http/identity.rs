//! Who the sandbox takes a visitor for, and why not.

use askama::Template;
use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Extension, Form, State};
use axum::response::Html;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::memory::{Verdict, Visitor};
use crate::pages;
use crate::sandbox::Sandbox;

#[derive(Deserialize)]
pub(crate) struct Pasted {
    token: String,
}

/// The first call of the widget. What Reqio answers is not documented: this answer is the sandbox's
/// own.
pub(crate) async fn widget_config(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<Option<Visitor>>,
) -> Answer {
    Ok(Json(json!({
        "project": sandbox.config.project.as_str(),
        "sandbox": true,
        "currency": sandbox.config.currency,
        "identity": identity_of(&sandbox, caller),
    })))
}

/// The sandbox's own addition: whom it takes the caller for.
pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<Option<Visitor>>,
) -> Answer {
    Ok(Json(identity_of(&sandbox, caller)))
}

fn identity_of(sandbox: &Sandbox, caller: Option<Visitor>) -> Value {
    let memory = sandbox.memory();
    let requester = caller.and_then(|visitor| memory.visitors.requester(&visitor));
    json!({ "identified": requester.is_some(), "requester": requester })
}

/// The last verdicts on tokens, for the person who wonders why one was refused.
pub(crate) async fn page(State(sandbox): State<Sandbox>) -> Result<Html<String>, ApiError> {
    page_with(&sandbox, None)
}

/// The verdict on a pasted token, which is neither kept nor counted as seen.
pub(crate) async fn check(
    State(sandbox): State<Sandbox>,
    pasted: Result<Form<Pasted>, FormRejection>,
) -> Result<Html<String>, ApiError> {
    let Form(Pasted { token }) =
        pasted.map_err(|_| ApiError::InvalidInput("paste a token".into()))?;
    let (verdict, _) = sandbox.judge(Ok(token.trim()), sandbox.verdict());
    page_with(&sandbox, Some(&verdict))
}

fn page_with(sandbox: &Sandbox, pasted: Option<&Verdict>) -> Result<Html<String>, ApiError> {
    let page = pages::Identity {
        title: "Identity",
        config: &sandbox.config,
        now: sandbox.now(),
        verdicts: &sandbox.memory().verdicts.of_tokens(),
        pasted,
        compact: false,
    };
    Ok(Html(page.render()?))
}
