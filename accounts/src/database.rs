//! The database: opened, brought up to date, asked whether it is well.

use std::{
    path::PathBuf,
    str::FromStr as _,
    sync::Arc,
    time::{Duration, SystemTime},
};

use sqlx::{
    ConnectOptions as _, Connection as _, Sqlite, SqlitePool, Transaction,
    migrate::MigrateError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    DemoCustomers, Error,
    database_file::{DatabaseFile, LONGEST_CONNECT},
    password_hasher::PasswordHasher,
    timestamp::seconds,
};

/// Everything about accounts, behind one handle that is cheap to clone.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub(crate) pool: SqlitePool,
    pub(crate) hasher: PasswordHasher,
    pub(crate) demo: DemoCustomers,
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names no database, or the file cannot be created, read or written.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The tables in it cannot be brought up to date.
    #[error(transparent)]
    Migration(MigrateError),
    /// A newer version of the server has changed the tables since.
    #[error("a newer version of this server has been at it: start that one, or use a backup")]
    Newer,
    /// There are no tables to read from, or old ones.
    #[error("it is not made or brought up to date yet, which starting the server does")]
    NotReady,
    /// The file is missing and cannot be made where it is to be.
    #[error("{} cannot be made: its folder is missing or read-only", .0.display())]
    Folder(PathBuf),
    /// Passwords cannot be hashed on this machine.
    #[error(transparent)]
    Hashing(#[from] Error),
}

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(_) => Self::Newer,
            error => Self::Migration(error),
        }
    }
}

impl Accounts {
    /// Opens the database at `url` (`sqlite://demo.db`), creating it and its tables where they are
    /// missing.
    ///
    /// # Errors
    /// [`OpenError`], also when the database can be read but not written.
    pub async fn open(url: &str, demo: DemoCustomers) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .journal_mode(SqliteJournalMode::Wal)
            // FULL, so that what was acknowledged survives a power cut and not only a crash of the
            // process.
            .synchronous(SqliteSynchronous::Full);
        let mut first = options.clone().create_if_missing(true).connect().await?;
        sqlx::migrate!().run(&mut first).await?;
        let file = Arc::new(DatabaseFile::new(options.get_filename().to_owned()));
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(LONGEST_CONNECT)
            .before_acquire(move |connection, metadata| {
                // A commit that failed, say for a full disk, leaves a connection on which no other
                // can begin.
                let is_usable =
                    !connection.is_in_transaction() && file.is_open_in_connection(metadata.age);
                Box::pin(async move { Ok(is_usable) })
            })
            // What could fail here is asked above, without a message to the connection's thread.
            .test_before_acquire(false)
            // From here on a file that is not there is a failure and no reason to begin anew
            // without any user.
            .connect_with(options.create_if_missing(false))
            .await?;
        // Not before: a database in memory ends with its last connection.
        first.close().await?;
        let accounts = Self {
            pool,
            hasher: PasswordHasher::new()?,
            demo,
        };
        accounts.check(SystemTime::now()).await?;
        Ok(accounts)
    }

    /// Whether the database can be written to: the answer is at most a second old.
    ///
    /// # Errors
    /// [`Error::Database`], saying why not.
    pub async fn check(&self, now: SystemTime) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        // Only what reaches the disk finds out that it is full. Once a second at most, whoever asks
        // how often.
        sqlx::query("UPDATE health SET written_at = $1 WHERE written_at <> $1")
            .bind(seconds(now))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Finishes what is being written and closes the database.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// A transaction that will write. It takes the write lock at its start: one that reads first
    /// and asks for the lock later is refused at once when another came between, whatever the busy
    /// timeout.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.pool.begin_with("BEGIN IMMEDIATE").await
    }
}
