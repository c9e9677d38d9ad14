//! PostgreSQL: connections that say at once when there is no server, and wait for nothing long.
//!
//! sqlx's own pool tries a server that refuses it again and again until the time is up, so that an
//! outage becomes a pile of waiting requests, and asks a connection whether it lives after every
//! use. This one asks only a connection that has been idle.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use deadpool::{
    Runtime,
    managed::{self, Metrics, Object, Pool, PoolError, QueueMode, RecycleResult, TimeoutType},
};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions};
use tokio::{runtime::Handle, time::error::Elapsed};

use super::Bounds;
use crate::{OpenError, schema};

/// How long somebody waits for a connection that others have.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// For how long nobody tries again once there was no server to connect to.
const AFTER_A_FAILURE: Duration = Duration::from_millis(250);
/// A connection used this lately is not asked whether it lives: that would cost a round trip.
const SURELY_ALIVE: Duration = Duration::from_secs(1);
/// A connection is replaced after so long, so that all of them find a server that was put beside.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// How often a start looks for a server that is not there yet.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// Connections to one server.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    pool: Pool<Connector>,
    time_limit: Duration,
    failed: Arc<Mutex<Option<Instant>>>,
}

/// A connection, and what of its work is unfinished.
#[derive(Debug)]
pub(crate) struct Line {
    /// `None` once it failed.
    connection: Option<Object<Connector>>,
    time_limit: Duration,
    in_statement: bool,
    in_transaction: bool,
}

/// Opens connections and looks at those that come back.
#[derive(Debug)]
pub(crate) struct Connector(PgConnectOptions);

/// Brings the tables up to date, once there is a server, and opens connections as they are needed.
pub(crate) async fn open(
    options: &PgConnectOptions,
    bounds: Bounds,
    patience: Duration,
) -> Result<Lines, OpenError> {
    let began = Instant::now();
    let mut first = loop {
        let connecting = tokio::time::timeout(bounds.time_limit, options.connect()).await;
        match connecting.unwrap_or_else(|_| Err(unreachable())) {
            Ok(connection) => break connection,
            Err(error) if may_pass(&error) && began.elapsed() < patience => {
                tracing::info!(%error, "waiting for the database");
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            Err(error) => return Err(error.into()),
        }
    };
    schema::update_postgres(&mut first).await?;
    first.close().await?;
    Ok(Lines::new(options, bounds))
}

/// Whether a server that cannot be connected to now may be one that is starting.
fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // "cannot_connect_now": it is starting or stopping.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}

impl Lines {
    pub(crate) fn new(options: &PgConnectOptions, bounds: Bounds) -> Self {
        let time_limit = bounds.time_limit;
        let milliseconds = time_limit.as_millis().to_string();
        // What is given up on here must not go on there, holding locks.
        let options = options.clone().options([
            ("statement_timeout", &milliseconds),
            ("idle_in_transaction_session_timeout", &milliseconds),
        ]);
        let size = usize::try_from(bounds.connections).unwrap_or(usize::MAX);
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
            Err(_) => {
                *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                return Err(unreachable());
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

impl Line {
    /// A statement begins; it has as long as that.
    pub(crate) fn begin(&mut self) -> Duration {
        self.in_statement = true;
        self.time_limit
    }

    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.connection.as_deref_mut().ok_or_else(unreachable)
    }

    /// A statement came to an end. A connection on which one failed is not used again: the server
    /// may be going away, or have become one that others may only read from.
    pub(crate) fn end<T>(
        &mut self,
        outcome: Result<Result<T, sqlx::Error>, Elapsed>,
    ) -> Result<T, sqlx::Error> {
        let outcome = outcome.unwrap_or_else(|_| Err(unreachable()));
        self.in_statement = false;
        if outcome.is_err() {
            drop(self.connection.take().map(Object::take));
        }
        outcome
    }

    pub(crate) async fn open_transaction(&mut self) -> Result<(), sqlx::Error> {
        self.in_transaction = true;
        self.run("BEGIN").await
    }

    pub(crate) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.run("COMMIT").await?;
        self.in_transaction = false;
        Ok(())
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        let limit = self.begin();
        let work = sqlx::raw_sql(statement).execute(self.connection()?);
        let outcome = tokio::time::timeout(limit, work).await;
        self.end(outcome).map(drop)
    }
}

/// Whoever asked may have hung up: what is unfinished is undone before anybody else gets the
/// connection.
impl Drop for Line {
    fn drop(&mut self) {
        let unfinished = self.in_statement || self.in_transaction;
        let Some(connection) = self.connection.take().filter(|_| unfinished) else {
            return;
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(undo(connection, self.time_limit))),
            Err(_) => drop(Object::take(connection)),
        }
    }
}

async fn undo(mut connection: Object<Connector>, limit: Duration) {
    let undoing = sqlx::raw_sql("ROLLBACK").execute(&mut *connection);
    let undone = tokio::time::timeout(limit, undoing).await;
    if !matches!(undone, Ok(Ok(_))) {
        drop(Object::take(connection));
    }
}

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

fn unreachable() -> sqlx::Error {
    let words = "the database server cannot be reached";
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::NotConnected, words))
}
