//! What has to be done now and then: ended sessions deleted, idle visitors forgotten.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use app::backend::Backend;

/// How often.
const INTERVAL: Duration = Duration::from_secs(60);

/// Keeps house for as long as it is polled.
pub(crate) async fn keep(backend: Arc<Backend>) {
    let mut interval = tokio::time::interval(INTERVAL);
    loop {
        interval.tick().await;
        backend.attempts().forget_the_idle();
        match backend.accounts().purge_sessions(SystemTime::now()).await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "purged sessions"),
            Err(error) => tracing::error!(%error, "ended sessions could not be purged"),
        }
    }
}
