//! What the sandbox remembers, in SQLite: in memory by default, in a file on request, by the same
//! statements.

mod backlog;
mod features;
mod notifications;
mod seed;
mod verdicts;
mod visitors;

use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteTransaction};
use tokio::sync::{Mutex, MutexGuard};

pub(crate) use backlog::{BacklogEntry, Voice};
pub(crate) use features::{FEATURES_KEPT, Feature};
pub use verdicts::{Verdict, VerdictQuery};
pub(crate) use visitors::{AnonymousId, VISITORS_KEPT, Visitor};
pub use visitors::{Requester, RequesterQuery};

use crate::Config;
use crate::service::OpenError;

/// The sandbox's memory. One connection serves everyone in turn: a database in memory lives and
/// dies with its connection.
#[derive(Clone)]
pub(crate) struct Store {
    connection: Arc<Mutex<SqliteConnection>>,
}

impl Store {
    /// Opens the memory that is configured; a new one is sown with the seed.
    pub(crate) async fn open(config: &Config) -> Result<Self, OpenError> {
        let options = match &config.database {
            Some(file) => SqliteConnectOptions::new()
                .filename(file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal),
            None => SqliteConnectOptions::new().in_memory(true),
        };
        let mut connection = options.foreign_keys(true).connect().await?;
        sqlx::migrate!()
            .run_direct(None, &mut connection, false)
            .await?;
        let mut transaction = connection.begin().await?;
        if claim_for(&mut transaction, config.project.as_str()).await? {
            seed::sow(&mut transaction, &config.seed, config.clock.now()).await?;
        }
        transaction.commit().await?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    async fn connection(&self) -> MutexGuard<'_, SqliteConnection> {
        self.connection.lock().await
    }
}

/// Writes the project into a new memory, refuses a file that another project's backlog is in, and
/// answers whether the memory is new.
async fn claim_for(transaction: &mut Transaction<'_>, project: &str) -> Result<bool, OpenError> {
    let claimed =
        sqlx::query("insert into project (id) select ? where not exists (select 1 from project)")
            .bind(project)
            .execute(&mut **transaction)
            .await?;
    let owner: String = sqlx::query_scalar("select id from project")
        .fetch_one(&mut **transaction)
        .await?;
    if owner != project {
        return Err(OpenError::OtherProject { owner });
    }
    Ok(claimed.rows_affected() > 0)
}

/// Deletes the oldest rows of a table whose ids only grow, so that about `keep` of them remain.
macro_rules! keep_newest {
    ($connection:expr, $table:literal, $keep:expr) => {
        sqlx::query(concat!(
            "delete from ",
            $table,
            " where id <= (select max(id) from ",
            $table,
            ") - ?"
        ))
        .bind($keep)
        .execute($connection)
        .await
    };
}
use keep_newest;

type Transaction<'a> = SqliteTransaction<'a>;
