//! `GET /healthz` and `GET /readyz`, for whoever watches over the server.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use app::backend::Backend;
use axum::{extract::State, http::StatusCode};
use tokio::sync::Mutex;

/// How long an answer stands. Everybody may ask, and each look takes the database's write lock.
const FRESH: Duration = Duration::from_secs(1);

/// `ok`: the process lives.
pub(crate) async fn alive() -> &'static str {
    "ok"
}

/// Whether the server can do its work, as it was found lately.
pub(crate) struct Readiness {
    backend: Arc<Backend>,
    found: Mutex<Option<(Instant, bool)>>,
}

impl Readiness {
    pub(crate) fn new(backend: Arc<Backend>) -> Self {
        Self {
            backend,
            found: Mutex::default(),
        }
    }

    /// Those who ask at once wait for one look.
    async fn is_ready(&self) -> bool {
        let mut found = self.found.lock().await;
        if let Some((at, ready)) = *found
            && at.elapsed() < FRESH
        {
            return ready;
        }
        let looked = self.backend.accounts().check(SystemTime::now()).await;
        let ready = looked
            .inspect_err(|error| tracing::error!(%error, "not ready"))
            .is_ok();
        *found = Some((Instant::now(), ready));
        ready
    }
}

/// `ok`, or 503 when the database cannot be written to.
pub(crate) async fn ready(State(readiness): State<Arc<Readiness>>) -> (StatusCode, &'static str) {
    if readiness.is_ready().await {
        (StatusCode::OK, "ok")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database cannot be written to",
        )
    }
}
