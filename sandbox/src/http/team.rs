//! The team's view as JSON. Reqio asks for a Bearer key here; that the sandbox does not is its own
//! choice, since it runs on the developer's machine. No CORS header is sent, so no other page can
//! read it.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::error::ApiError;
use super::project::ServedProject;
use crate::store::BacklogEntry;
use crate::{Requester, RequesterQuery, Sandbox, Verdict, VerdictQuery};

#[derive(Serialize)]
pub(crate) struct Requesters {
    pub(super) requesters: Vec<Requester>,
}

#[derive(Serialize)]
pub(crate) struct Backlog {
    features: Vec<BacklogEntry>,
}

#[derive(Serialize)]
pub(crate) struct Verdicts {
    pub(super) verdicts: Vec<Verdict>,
}

pub(crate) async fn requesters(
    State(sandbox): State<Sandbox>,
    _: ServedProject,
) -> Result<Json<Requesters>, ApiError> {
    Ok(Json(Requesters {
        requesters: sandbox.requesters(&RequesterQuery::default()).await?,
    }))
}

pub(crate) async fn features(
    State(sandbox): State<Sandbox>,
    _: ServedProject,
) -> Result<Json<Backlog>, ApiError> {
    Ok(Json(Backlog {
        features: sandbox.store.backlog().await?,
    }))
}

pub(crate) async fn verdicts(
    State(sandbox): State<Sandbox>,
    _: ServedProject,
) -> Result<Json<Verdicts>, ApiError> {
    Ok(Json(Verdicts {
        verdicts: sandbox.verdicts(&VerdictQuery::default()).await?,
    }))
}
