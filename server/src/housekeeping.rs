//! What has to be done now and then: what nobody needs any more is deleted.

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
        match backend.accounts().purge(SystemTime::now()).await {
            Ok(None | Some(0)) => {}
            Ok(Some(ended)) => tracing::info!(ended, "purged sessions"),
            Err(error) => tracing::error!(%error, "what nobody needs any more could not be purged"),
        }
    }
}
