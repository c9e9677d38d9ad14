//! Who the sandbox takes a visitor for, and why not.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Extension, Form, State};
use maud::Markup;
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use super::project::ServedProject;
use crate::pages;
use crate::store::Visitor;
use crate::{Requester, Sandbox};

/// How many verdicts the page shows.
const VERDICTS_SHOWN: u32 = 50;

#[derive(Serialize)]
pub(crate) struct Identity {
    identified: bool,
    requester: Option<Requester>,
}

#[derive(Serialize)]
pub(crate) struct WidgetConfig {
    project: String,
    sandbox: bool,
    identity: Identity,
}

#[derive(Deserialize)]
pub(crate) struct Pasted {
    token: String,
}

/// The first call of the widget. What Reqio answers is not documented: this answer is the sandbox's
/// own.
pub(crate) async fn widget_config(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Json<WidgetConfig>, ApiError> {
    let project = sandbox.config.project.to_string();
    Ok(Json(WidgetConfig {
        project,
        sandbox: true,
        identity: identity_of(&sandbox, &visitor).await?,
    }))
}

/// The sandbox's own addition: whom it takes the caller for.
pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Json<Identity>, ApiError> {
    Ok(Json(identity_of(&sandbox, &visitor).await?))
}

async fn identity_of(sandbox: &Sandbox, visitor: &Visitor) -> Result<Identity, ApiError> {
    let requester = match visitor {
        Visitor::Identified(row) => sandbox.store.requester(*row).await?,
        Visitor::Anonymous(_) => None,
    };
    Ok(Identity {
        identified: requester.is_some(),
        requester,
    })
}

/// The last verdicts on tokens, for the person who wonders why one was refused.
pub(crate) async fn page(
    State(sandbox): State<Sandbox>,
    _: ServedProject,
) -> Result<Markup, ApiError> {
    let verdicts = sandbox.store.newest_token_verdicts(VERDICTS_SHOWN).await?;
    Ok(pages::identity(
        &sandbox.config,
        sandbox.now(),
        &verdicts,
        None,
    ))
}

/// The verdict on a pasted token, which is neither kept nor counted as seen.
pub(crate) async fn check(
    State(sandbox): State<Sandbox>,
    _: ServedProject,
    pasted: Result<Form<Pasted>, FormRejection>,
) -> Result<Markup, ApiError> {
    let Form(Pasted { token }) =
        pasted.map_err(|_| ApiError::InvalidInput("paste a token".into()))?;
    let judgement = sandbox.verifier.judge(token.trim(), sandbox.now());
    let verdicts = sandbox.store.newest_token_verdicts(VERDICTS_SHOWN).await?;
    Ok(pages::identity(
        &sandbox.config,
        sandbox.now(),
        &verdicts,
        Some(&judgement),
    ))
}
