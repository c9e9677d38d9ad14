//! How connections are opened, and which of those that come back are good for another use.

use std::time::Duration;

use deadpool::managed::{self, Metrics, RecycleResult};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions};

/// A connection used this lately is not asked whether it lives: that would cost a round trip.
const SURELY_ALIVE: Duration = Duration::from_secs(1);
/// A connection is replaced after so long, so that all of them find a server that was put beside.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// Opens connections and looks at those that come back.
#[derive(Debug)]
pub(crate) struct Connector(pub(super) PgConnectOptions);

impl managed::Manager for Connector {
    type Type = PgConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<PgConnection, sqlx::Error> {
        self.0.connect().await
    }

    async fn recycle(
        &self,
        connection: &mut PgConnection,
        metrics: &Metrics,
    ) -> RecycleResult<sqlx::Error> {
        if metrics.age() > LIFETIME {
            return Err(managed::RecycleError::message("old"));
        }
        if metrics.last_used() > SURELY_ALIVE {
            connection.ping().await?;
        }
        Ok(())
    }
}
