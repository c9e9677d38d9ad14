//! One connection on loan: what is unfinished when it comes back is undone.

use std::time::Duration;

use deadpool::managed::Object;
use sqlx::PgConnection;
use tokio::{runtime::Handle, time::error::Elapsed};

use super::{connector::Connector, unreachable};

/// A connection, and what of its work is unfinished.
#[derive(Debug)]
pub(crate) struct Line {
    /// `None` once it failed.
    pub(super) connection: Option<Object<Connector>>,
    pub(super) time_limit: Duration,
    pub(super) in_statement: bool,
    pub(super) in_transaction: bool,
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
