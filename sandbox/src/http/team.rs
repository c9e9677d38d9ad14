//! The team's view as JSON. Reqio asks for a Bearer key here; that the sandbox does not is its own
//! choice, since it runs on the developer's machine. No CORS header is sent, so no other page can
//! read it.

use axum::Json;
use axum::extract::State;
use serde_json::json;

use super::Answer;
use crate::{RequesterQuery, Sandbox, VerdictQuery};

pub(crate) async fn requesters(State(sandbox): State<Sandbox>) -> Answer {
    let requesters = sandbox.requesters(&RequesterQuery::default()).await?;
    Ok(Json(json!({ "requesters": requesters })))
}

pub(crate) async fn features(State(sandbox): State<Sandbox>) -> Answer {
    let features = sandbox.store.backlog().await?;
    Ok(Json(json!({ "features": features })))
}

pub(crate) async fn verdicts(State(sandbox): State<Sandbox>) -> Answer {
    let verdicts = sandbox.verdicts(&VerdictQuery::default()).await?;
    Ok(Json(json!({ "verdicts": verdicts })))
}
