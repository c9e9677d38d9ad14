//! The connections of one server: how many, how soon one is had, and when nobody tries.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use deadpool::{
    Runtime,
    managed::{Pool, PoolError, QueueMode, TimeoutType},
};
use sqlx::postgres::PgConnectOptions;

use super::{Line, connector::Connector, unreachable};
use crate::DatabaseSettings;

/// How long somebody waits for a connection that others have.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// For how long nobody tries again once there was no server to connect to.
const AFTER_A_FAILURE: Duration = Duration::from_millis(250);

/// Connections to one server.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    pool: Pool<Connector>,
    time_limit: Duration,
    failed: Arc<Mutex<Option<Instant>>>,
}

impl Lines {
    pub(crate) fn new(options: &PgConnectOptions, settings: &DatabaseSettings) -> Self {
        let time_limit = settings.time_limit;
        let milliseconds = time_limit.as_millis().to_string();
        // What is given up on here must not go on there, holding locks.
        let options = options.clone().options([
            ("statement_timeout", &milliseconds),
            ("idle_in_transaction_session_timeout", &milliseconds),
        ]);
        let size = usize::try_from(settings.connections.get()).unwrap_or(usize::MAX);
        let pool = Pool::builder(Connector(options))
            .max_size(size)
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(LONGEST_WAIT.min(time_limit)))
            .create_timeout(Some(time_limit))
            .recycle_timeout(Some(time_limit))
            .build()
            .expect("there is a runtime for the time limits");
        Self {
            pool,
            time_limit,
            failed: Arc::default(),
        }
    }

    /// A connection, or the reason why there is none.
    pub(crate) async fn line(&self) -> Result<Line, sqlx::Error> {
        if self.failed_lately() {
            return Err(unreachable());
        }
        let connection = match self.pool.get().await {
            Ok(connection) => connection,
            Err(PoolError::Timeout(TimeoutType::Wait)) => return Err(sqlx::Error::PoolTimedOut),
            Err(PoolError::Backend(error)) if !matches!(error, sqlx::Error::Io(_)) => {
                return Err(error);
            }
            Err(PoolError::Closed) => return Err(sqlx::Error::PoolClosed),
            Err(error) => {
                *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                // Whoever finds it out is told why, and with them the log.
                return Err(match error {
                    PoolError::Backend(error) => error,
                    _ => unreachable(),
                });
            }
        };
        Ok(Line {
            connection: Some(connection),
            time_limit: self.time_limit,
            in_statement: false,
            in_transaction: false,
        })
    }

    pub(crate) fn close(&self) {
        self.pool.close();
    }

    fn failed_lately(&self) -> bool {
        let failed = *self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|at| at.elapsed() < AFTER_A_FAILURE)
    }
}
