//! The two engines: an enum for what differs in type, and a macro for all that does not in text.
//!
//! Every statement is written once, in the SQL that both take. What only one of them needs is in
//! its own file here.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::time::{Duration, Instant};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, pool::PoolConnection};

use postgres::{Line, Lines};

/// One thing of SQLite's, or its counterpart of PostgreSQL's.
#[derive(Clone, Debug)]
pub(crate) enum Engine<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// Where connections come from.
pub(crate) type Database = Engine<SqlitePool, Lines>;
/// For statements that each stand alone.
pub(crate) type Connection = Engine<PoolConnection<Sqlite>, Line>;
/// For statements that count together or not at all: what is dropped uncommitted never was.
pub(crate) type Transaction = Engine<sqlx::Transaction<'static, Sqlite>, Line>;
/// Either of the two, lent to whoever has a statement.
pub(crate) type Lent<'a> = Engine<&'a mut SqliteConnection, &'a mut Line>;

/// Runs one statement on a [`Lent`] connection: `on!(connection.lend(), engine =>
/// sqlx::query_as("…").fetch_all(engine))`.
macro_rules! on {
    ($lent:expr, $engine:ident => $statement:expr) => {
        match $lent {
            $crate::engine::Engine::Sqlite($engine) => $statement.await,
            $crate::engine::Engine::Postgres(line) => {
                let limit = line.begin();
                let $engine = line.connection()?;
                let outcome = tokio::time::timeout(limit, $statement).await;
                line.end(outcome)
            }
        }
    };
}

/// The same for a statement that answers nothing: how many rows it changed.
macro_rules! changed {
    ($lent:expr, $statement:expr) => {
        $crate::engine::on!($lent, engine => async {
            $statement.execute(engine).await.map(|done| done.rows_affected())
        })
    };
}
pub(crate) use {changed, on};

/// For a statement about so many: what `item` makes of 1, 2 and so on, such as `$1, $2`.
pub(crate) fn list(length: usize, item: impl Fn(usize) -> String) -> String {
    (1..=length).map(item).collect::<Vec<_>>().join(", ")
}

impl Database {
    /// A connection, as soon as one is free.
    pub(crate) async fn connection(&self) -> Result<Connection, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(pool) => Engine::Sqlite(pool.acquire().await?),
            Self::Postgres(lines) => Engine::Postgres(lines.line().await?),
        })
    }

    /// A transaction that will write. SQLite takes the write lock at its start: one that reads
    /// first and asks for the lock later is refused at once when another came between, whatever the
    /// busy timeout.
    pub(crate) async fn write(&self) -> Result<Transaction, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(pool) => Engine::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(lines) => {
                let mut line = lines.line().await?;
                line.open_transaction().await?;
                Engine::Postgres(line)
            }
        })
    }

    /// The same, in which nobody else changes this user or begins a session of theirs. In SQLite
    /// nobody else writes at all; PostgreSQL is asked to hold the user's row.
    pub(crate) async fn write_about(&self, user: &str) -> Result<Transaction, sqlx::Error> {
        let mut transaction = self.write().await?;
        if matches!(self, Self::Postgres(_)) {
            let held = "SELECT id FROM users WHERE id = $1 FOR UPDATE";
            changed!(transaction.lend(), sqlx::query(held).bind(user))?;
        }
        Ok(transaction)
    }

    /// Finishes what is being written and closes every connection.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(lines) => lines.close(),
        }
    }
}

impl Connection {
    pub(crate) fn lend(&mut self) -> Lent<'_> {
        match self {
            Self::Sqlite(connection) => Engine::Sqlite(connection),
            Self::Postgres(line) => Engine::Postgres(line),
        }
    }
}

impl Transaction {
    pub(crate) fn lend(&mut self) -> Lent<'_> {
        match self {
            Self::Sqlite(transaction) => Engine::Sqlite(transaction),
            Self::Postgres(line) => Engine::Postgres(line),
        }
    }

    /// Only from here on it has happened.
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(mut line) => line.commit().await,
        }
    }
}

/// How often a start looks whether what kept it from connecting has passed.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// A start's first connection: tried again for so long where what is in the way may pass.
async fn connect_within<C, F>(
    patience: Duration,
    may_pass: fn(&sqlx::Error) -> bool,
    connect: impl Fn() -> F,
) -> Result<C, sqlx::Error>
where
    F: Future<Output = Result<C, sqlx::Error>>,
{
    let began = Instant::now();
    loop {
        match connect().await {
            Err(error) if may_pass(&error) && began.elapsed() < patience => {
                tracing::info!(%error, "waiting for the database");
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            connected => return connected,
        }
    }
}
