//! `GET /readyz`: whether the server can serve. `GET /healthz` says that the process lives.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::backend::Backend;
use axum::{extract::State, http::StatusCode};
use tokio::sync::Mutex;

/// How long an answer is kept: each check takes the database's write lock, and anybody may ask.
const FRESH: Duration = Duration::from_secs(1);

/// When the database was last checked, and whether it could be written to.
pub(crate) type Checked = Arc<Mutex<Option<(Instant, bool)>>>;

/// `ok`, or 503 if the database cannot be written to. Those who ask at once wait for one check.
pub(crate) async fn ready(
    State(backend): State<Arc<Backend>>,
    State(checked): State<Checked>,
) -> (StatusCode, &'static str) {
    let mut checked = checked.lock_owned().await;
    let ready = match *checked {
        Some((at, ready)) if at.elapsed() < FRESH => ready,
        // In a task of its own: else each client that asks and hangs up causes another check.
        _ => tokio::spawn(async move {
            let result = backend.accounts().ready().await;
            if let Err(error) = &result {
                tracing::error!(%error, "not ready");
            }
            checked.insert((Instant::now(), result.is_ok())).1
        })
        .await
        .unwrap_or(false),
    };
    match ready {
        true => (StatusCode::OK, "ok"),
        false => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database cannot be written to",
        ),
    }
}
