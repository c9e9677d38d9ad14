//! What visitors file and upvote.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use crate::Sandbox;
use crate::feature::{Kind, NewFeature};
use crate::store::{Feature, Visitor};

#[derive(Serialize)]
pub(crate) struct Features {
    features: Vec<Feature>,
}

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
) -> Result<Json<Features>, ApiError> {
    Ok(Json(Features {
        features: sandbox.store.public_features(&visitor).await?,
    }))
}

pub(crate) async fn mine(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Json<Features>, ApiError> {
    Ok(Json(Features {
        features: sandbox.store.features_of(&visitor).await?,
    }))
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

pub(crate) async fn upvote(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Json<Feature>, ApiError> {
    vote(&sandbox, &visitor, id, true).await
}

pub(crate) async fn take_back(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Json<Feature>, ApiError> {
    vote(&sandbox, &visitor, id, false).await
}

async fn vote(
    sandbox: &Sandbox,
    visitor: &Visitor,
    id: Result<Path<i64>, PathRejection>,
    upvote: bool,
) -> Result<Json<Feature>, ApiError> {
    let Path(id) = id.map_err(|_| ApiError::NotFound)?;
    let feature = sandbox
        .store
        .vote(visitor, id, upvote, sandbox.now())
        .await?;
    sandbox.changed();
    Ok(Json(feature))
}
