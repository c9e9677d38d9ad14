//! `/sandbox/v1/`: a test in any language puts the sandbox where it wants it, and asks what it has
//! seen. These addresses are the sandbox's own, and nothing of Reqio's.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::error::{Answer, ApiError};
use crate::faults::Faults;
use crate::memory::VerdictQuery;
use crate::sandbox::Sandbox;
use crate::seed::Seed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hands {
    /// How many seconds the clock is ahead of this machine's.
    offset: i64,
}

type Done = Result<StatusCode, ApiError>;

type Body<T> = Result<Json<T>, JsonRejection>;

pub(crate) async fn health(State(sandbox): State<Sandbox>) -> Answer {
    let (version, project) = (env!("CARGO_PKG_VERSION"), sandbox.config.project.as_str());
    let now = sandbox.now();
    Ok(Json(
        json!({ "version": version, "project": project, "now": now }),
    ))
}

pub(crate) async fn reset(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.reset();
    StatusCode::NO_CONTENT
}

pub(crate) async fn clock(State(sandbox): State<Sandbox>, body: Body<Hands>) -> Done {
    take(body, |hands| sandbox.clock(hands.offset))
}

pub(crate) async fn faults(State(sandbox): State<Sandbox>, body: Body<Faults>) -> Done {
    take(body, |faults| sandbox.play(faults))
}

pub(crate) async fn seed(State(sandbox): State<Sandbox>, body: Body<Seed>) -> Done {
    take(body, |seed| sandbox.sow(seed))
}

/// What a test sends is written by hand, so a mistake in it is named.
fn take<T>(body: Body<T>, by: impl FnOnce(T)) -> Done {
    match body {
        Ok(Json(read)) => by(read),
        Err(JsonRejection::JsonDataError(mistake)) => {
            return Err(ApiError::InvalidInput(mistake.body_text()));
        }
        Err(rejection) => return Err(rejection.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn verdicts(
    State(sandbox): State<Sandbox>,
    query: Result<Query<VerdictQuery>, QueryRejection>,
) -> Answer {
    let Query(query) = query?;
    let _place = sandbox.streams.try_acquire()?;
    let verdicts = sandbox.verdicts(&query).await;
    Ok(Json(json!({ "verdicts": verdicts })))
}
