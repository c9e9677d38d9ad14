//! `GET /readyz`: whether the server can serve. `GET /healthz` says that the process lives.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use accounts::Accounts;
use axum::{extract::State, http::StatusCode};
use tokio::sync::Mutex;

/// How long an answer is kept: each check takes the database's write lock, and anybody may ask.
const FRESH: Duration = Duration::from_secs(1);

/// Whether the database could be written to, and when that was.
#[derive(Clone)]
pub(crate) struct Readiness {
    accounts: Accounts,
    checked: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Readiness {
    pub(crate) fn new(accounts: Accounts) -> Self {
        Self {
            accounts,
            checked: Arc::default(),
        }
    }
}

/// `ok`, or 503 if the database cannot be written to. Those who ask at once wait for one check.
pub(crate) async fn ready(State(readiness): State<Readiness>) -> (StatusCode, &'static str) {
    let mut checked = readiness.checked.lock_owned().await;
    let ready = match *checked {
        Some((at, ready)) if at.elapsed() < FRESH => ready,
        _ => {
            // In a task of its own: else each client that asks and hangs up causes another check.
            let check = tokio::spawn(async move {
                let result = readiness.accounts.ready().await;
                let ready = result
                    .inspect_err(|error| tracing::error!(%error, "not ready"))
                    .is_ok();
                *checked = Some((Instant::now(), ready));
                ready
            });
            check.await.unwrap_or(false)
        }
    };
    if ready {
        (StatusCode::OK, "ok")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database cannot be written to",
        )
    }
}
