//! What the sandbox remembers, in SQLite: in memory by default, in a file on request, by the same
//! statements.

mod backlog;
mod features;
mod notifications;
mod verdicts;
mod visitors;

use std::path::Path;
use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteTransaction};
use tokio::sync::{Mutex, MutexGuard};

pub(crate) use backlog::{BacklogEntry, Voice};
pub(crate) use features::{Feature, FileError, Kind, NewFeature, Status, VoteError};
pub(crate) use notifications::Notification;
pub(crate) use verdicts::{NewVerdict, Verdict};
pub(crate) use visitors::{AnonymousId, Requester, Visitor};

use crate::ProjectId;
use crate::service::OpenError;

/// The sandbox's memory. One connection serves everyone in turn: a database in memory lives and
/// dies with its connection.
#[derive(Clone)]
pub(crate) struct Store {
    connection: Arc<Mutex<SqliteConnection>>,
}

impl Store {
    pub(crate) async fn open(file: Option<&Path>, project: &ProjectId) -> Result<Self, OpenError> {
        let options = match file {
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
        claim_for(&mut connection, project).await?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    async fn connection(&self) -> MutexGuard<'_, SqliteConnection> {
        self.connection.lock().await
    }
}

/// Writes the project into a new file, and refuses a file that another project's backlog is in.
async fn claim_for(
    connection: &mut SqliteConnection,
    project: &ProjectId,
) -> Result<(), OpenError> {
    sqlx::query("insert into project (id) select ? where not exists (select 1 from project)")
        .bind(project.as_str())
        .execute(&mut *connection)
        .await?;
    let owner: String = sqlx::query_scalar("select id from project")
        .fetch_one(connection)
        .await?;
    if owner != project.as_str() {
        return Err(OpenError::OtherProject { owner });
    }
    Ok(())
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
