//! SQLite: one file, and connections that look whether it is still in its place.

use std::{sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions as _, Connection as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{DatabaseSettings, OpenError, database_file::DatabaseFile, schema};

/// Opens the file, creating it and its tables where they are missing.
pub(crate) async fn open(
    options: &SqliteConnectOptions,
    settings: &DatabaseSettings,
) -> Result<SqlitePool, OpenError> {
    let options = with_promises(options, settings.time_limit);
    let mut first = options.clone().create_if_missing(true).connect().await?;
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
