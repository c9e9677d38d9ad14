//! What has become of the features that a visitor stands behind.

use axum::Json;
use axum::extract::{Extension, State};
use serde::Serialize;

use super::error::ApiError;
use crate::Sandbox;
use crate::store::{Notification, Visitor};

#[derive(Serialize)]
pub(crate) struct Notifications {
    notifications: Vec<Notification>,
}

pub(crate) async fn list(
    State(sandbox): State<Sandbox>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Json<Notifications>, ApiError> {
    Ok(Json(Notifications {
        notifications: sandbox.store.notifications_of(&visitor).await?,
    }))
}
