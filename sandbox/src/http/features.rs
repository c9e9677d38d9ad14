//! What visitors file and upvote, and what has become of it.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Extension, Path, State};
use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::feature::{Kind, NewFeature, Status};
use crate::memory::Visitor;
use crate::sandbox::Sandbox;

/// Who calls; an anonymous visitor without an id is nobody in particular.
type Caller = Extension<Option<Visitor>>;

#[derive(Deserialize)]
pub(crate) struct Submission {
    kind: Kind,
    title: String,
    #[serde(default)]
    details: String,
}

pub(crate) async fn list(State(sandbox): State<Sandbox>, Extension(caller): Caller) -> Json<Value> {
    Json(json!({ "features": sandbox.memory().features.public(caller.as_ref()) }))
}

pub(crate) async fn mine(State(sandbox): State<Sandbox>, Extension(caller): Caller) -> Json<Value> {
    Json(json!({ "features": sandbox.memory().features.mine(caller.as_ref()) }))
}

pub(crate) async fn told(State(sandbox): State<Sandbox>, Extension(caller): Caller) -> Json<Value> {
    Json(json!({ "notifications": sandbox.memory().features.notifications(caller.as_ref()) }))
}

pub(crate) async fn file(
    State(sandbox): State<Sandbox>,
    Extension(caller): Caller,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let Json(Submission {
        kind,
        title,
        details,
    }) = submission?;
    let new = NewFeature::new(kind, &title, &details).map_err(ApiError::InvalidInput)?;
    let author = caller.ok_or(ApiError::AnonymousId)?;
    let now = sandbox.now();
    let filed = {
        let mut memory = sandbox.memory();
        memory.see(&author);
        let filed = memory.features.file(new, Status::default(), &author, now)?;
        filed.seen_by(Some(&author))
    };
    sandbox.changed();
    Ok((StatusCode::CREATED, Json(filed)))
}

/// `POST` adds the visitor's voice, `DELETE` takes it back.
pub(crate) async fn vote(
    State(sandbox): State<Sandbox>,
    Extension(caller): Caller,
    method: Method,
    id: Result<Path<i64>, PathRejection>,
) -> Answer {
    let Path(id) = id?;
    let voter = caller.ok_or(ApiError::AnonymousId)?;
    let seen = {
        let mut memory = sandbox.memory();
        memory.see(&voter);
        let voted = memory.features.vote(id, &voter, method == Method::POST)?;
        voted.seen_by(Some(&voter))
    };
    sandbox.changed();
    Ok(Json(seen))
}
