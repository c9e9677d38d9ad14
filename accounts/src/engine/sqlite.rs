//! SQLite: one file, and connections that look whether it is still in its place.

use std::{sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions as _, Connection as _, SqlitePool,
    error::DatabaseError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::connect_within;
use crate::{DatabaseSettings, OpenError, database_file::DatabaseFile, schema};

/// Opens the file, creating it and its tables where they are missing.
pub(crate) async fn open(
    options: &SqliteConnectOptions,
    settings: &DatabaseSettings,
) -> Result<SqlitePool, OpenError> {
    let options = with_promises(options, settings.time_limit);
    let new = options.clone().create_if_missing(true);
    let mut first = connect_within(settings.time_limit, is_busy, || new.connect()).await?;
    schema::update_sqlite(&mut first).await?;
    let longest_connect = settings.time_limit;
    let file = DatabaseFile::new(options.get_filename().to_owned(), longest_connect);
    let file = Arc::new(file);
    let pool = SqlitePoolOptions::new()
        .max_connections(settings.connections.get())
        .acquire_timeout(longest_connect)
        .before_acquire(move |connection, metadata| {
            // A commit that failed, say for a full disk, leaves a connection on which no other
            // can begin.
            let is_usable =
                !connection.is_in_transaction() && file.is_open_in_connection(metadata.age);
            Box::pin(async move { Ok(is_usable) })
        })
        // What could fail here is asked above, without a message to the connection's thread.
        .test_before_acquire(false)
        // From here on a file that is not there is a failure and no reason to begin anew without
        // any user.
        .connect_with(options.create_if_missing(false))
        .await?;
    // Not before: a database in memory ends with its last connection.
    first.close().await?;
    Ok(pool)
}

/// SQLite's result code SQLITE_BUSY: somebody else has a lock. SQLite waits for others in all it
/// does but the switch of a new file to its write-ahead log: of two servers that start on one, one
/// would fail.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code == "5")
}

/// Opens the file to read: SQLite itself refuses every write.
pub(crate) async fn open_to_read(options: &SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    if !options.get_filename().exists() {
        return Err(OpenError::NotReady);
    }
    let options = options.clone().read_only(true);
    Ok(SqlitePoolOptions::new().connect_with(options).await?)
}

fn with_promises(options: &SqliteConnectOptions, time_limit: Duration) -> SqliteConnectOptions {
    options
        .clone()
        .foreign_keys(true)
        .busy_timeout(time_limit)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL, so that what was acknowledged survives a power cut and not only a crash of the
        // process.
        .synchronous(SqliteSynchronous::Full)
}
