//! `/sandbox/v1/`: a test in any language puts the sandbox where it wants it, and asks what it has
//! seen. These addresses are the sandbox's own, and nothing of Reqio's.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Answer;
use crate::error::ApiError;
use crate::{Faults, RequesterQuery, Sandbox, Seed, VerdictQuery};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hands {
    /// How many seconds the clock is ahead of this machine's.
    offset: i64,
}

type Done = Result<StatusCode, ApiError>;

pub(crate) async fn health(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "project": sandbox.config.project.as_str(),
        "now": sandbox.now(),
    }))
}

pub(crate) async fn reset(State(sandbox): State<Sandbox>) -> Done {
    sandbox.reset().await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn clock(State(sandbox): State<Sandbox>, hands: Body<Hands>) -> Done {
    sandbox.clock(read(hands)?.offset);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn faults(State(sandbox): State<Sandbox>, faults: Body<Faults>) -> Done {
    sandbox.play(read(faults)?);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn seed(State(sandbox): State<Sandbox>, seed: Body<Seed>) -> Done {
    sandbox.sow(read(seed)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn verdicts(
    State(sandbox): State<Sandbox>,
    query: Result<Query<VerdictQuery>, QueryRejection>,
) -> Answer {
    let Query(query) = query?;
    let _place = sandbox.streams.try_acquire()?;
    let verdicts = sandbox.verdicts(&query).await?;
    Ok(Json(json!({ "verdicts": verdicts })))
}

pub(crate) async fn requesters(
    State(sandbox): State<Sandbox>,
    query: Result<Query<RequesterQuery>, QueryRejection>,
) -> Answer {
    let Query(query) = query?;
    let _place = sandbox.streams.try_acquire()?;
    let requesters = sandbox.requesters(&query).await?;
    Ok(Json(json!({ "requesters": requesters })))
}

type Body<T> = Result<Json<T>, JsonRejection>;

/// What a test sends is written by hand, so a mistake in it is named.
fn read<T>(body: Body<T>) -> Result<T, ApiError> {
    match body {
        Ok(Json(read)) => Ok(read),
        Err(JsonRejection::JsonDataError(mistake)) => {
            Err(ApiError::InvalidInput(mistake.body_text()))
        }
        Err(rejection) => Err(rejection.into()),
    }
}
