//! What visitors file and upvote, and what has become of it.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Extension, Path, State};
use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::Answer;
use crate::Sandbox;
use crate::error::ApiError;
use crate::feature::{Kind, NewFeature};
use crate::store::{Feature, Visitor};

#[derive(Deserialize)]
pub(crate) struct Submission {
    kind: Kind,
    title: String,
    #[serde(default)]
    details: String,
}

pub(crate) async fn list(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let features = sandbox.store.public_features(&visitor).await?;
    Ok(Json(json!({ "features": features })))
}

pub(crate) async fn mine(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let features = sandbox.store.features_of(&visitor).await?;
    Ok(Json(json!({ "features": features })))
}

pub(crate) async fn notifications(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let notifications = sandbox.store.notifications_of(&visitor).await?;
    Ok(Json(json!({ "notifications": notifications })))
}

pub(crate) async fn file(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Result<(StatusCode, Json<Feature>), ApiError> {
    let Json(submission) = submission?;
    let new = NewFeature::new(submission.kind, &submission.title, &submission.details)
        .map_err(ApiError::InvalidInput)?;
    let feature = sandbox.store.file(&visitor, &new, sandbox.now()).await?;
    sandbox.changed();
    Ok((StatusCode::CREATED, Json(feature)))
}

/// `POST` adds the visitor's voice, `DELETE` takes it back.
pub(crate) async fn vote(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
    method: Method,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Json<Feature>, ApiError> {
    let (Path(id), now) = (id?, sandbox.now());
    let upvote = method == Method::POST;
    let feature = sandbox.store.vote(&visitor, id, upvote, now).await?;
    sandbox.changed();
    Ok(Json(feature))
}
