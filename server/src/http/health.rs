//! `GET /readyz`, for whoever watches over the server. `GET /healthz` says that the process lives.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use accounts::Accounts;
use axum::{extract::State, http::StatusCode};
use tokio::sync::Mutex;

/// How long an answer stands. Everybody may ask, and each look takes the database's write lock.
const FRESH: Duration = Duration::from_secs(1);

/// Whether the server can do its work, as it was found lately.
#[derive(Clone)]
pub(crate) struct Readiness {
    accounts: Accounts,
    found: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Readiness {
    pub(crate) fn new(accounts: Accounts) -> Self {
        Self {
            accounts,
            found: Arc::default(),
        }
    }

    /// Those who ask at once wait for one look. Who hangs up does not end it: else whoever asks and
    /// hangs up, over and over, has one made each time.
    async fn is_ready(&self) -> bool {
        let mut found = Arc::clone(&self.found).lock_owned().await;
        if let Some((at, ready)) = *found
            && at.elapsed() < FRESH
        {
            return ready;
        }
        let accounts = self.accounts.clone();
        let look = tokio::spawn(async move {
            let looked = accounts.check(SystemTime::now()).await;
            let ready = looked
                .inspect_err(|error| tracing::error!(%error, "not ready"))
                .is_ok();
            *found = Some((Instant::now(), ready));
            ready
        });
        look.await.unwrap_or(false)
    }
}

/// `ok`, or 503 when the database cannot be written to.
pub(crate) async fn ready(State(readiness): State<Readiness>) -> (StatusCode, &'static str) {
    if readiness.is_ready().await {
        (StatusCode::OK, "ok")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database cannot be written to",
        )
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future as _, pin::pin, task::Context};

    use accounts::{Accounts, DatabaseSettings, DatabaseUrl, DemoCustomers};

    use super::Readiness;

    #[tokio::test]
    async fn a_look_goes_on_when_whoever_asked_hangs_up() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/demo.db", folder.path().display());
        let settings = DatabaseSettings::from(url.parse::<DatabaseUrl>().unwrap());
        let accounts = Accounts::open(&settings, DemoCustomers::Refused).await;
        let readiness = Readiness::new(accounts.unwrap());
        {
            let asking = pin!(readiness.is_ready());
            let mut nobody_waits = Context::from_waker(std::task::Waker::noop());
            assert!(asking.poll(&mut nobody_waits).is_pending());
        }
        let found = readiness.found.lock().await;
        assert!(found.is_some_and(|(_, ready)| ready));
    }
}
