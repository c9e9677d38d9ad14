//! `GET /healthz`: whether the server can do its work, for whoever watches over it.

use std::{sync::Arc, time::SystemTime};

use app::backend::Backend;
use axum::{extract::State, http::StatusCode};

/// `ok`, or 503 when the database cannot be written to.
pub(crate) async fn check(State(backend): State<Arc<Backend>>) -> (StatusCode, &'static str) {
    match backend.accounts().check(SystemTime::now()).await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "not healthy");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database cannot be written to",
            )
        }
    }
}
