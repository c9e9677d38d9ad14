//! The database: opened, brought up to date, asked whether it is well.

use std::{path::PathBuf, time::SystemTime};

use sqlx::migrate::MigrateError;

use crate::{
    DatabaseSettings, DemoCustomers, Error,
    engine::{Database, Engine, changed, postgres, sqlite},
    password_hasher::PasswordHasher,
    session_lookup::SessionLookup,
    timestamp::seconds,
};

/// Everything about accounts, behind one handle that is cheap to clone.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub(crate) database: Database,
    pub(crate) sessions: SessionLookup,
    pub(crate) hasher: PasswordHasher,
    pub(crate) demo: DemoCustomers,
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be created, read or written, or the server not be reached.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The tables in it cannot be brought up to date.
    #[error(transparent)]
    Migration(#[from] MigrateError),
    /// A newer version of the server has changed the tables so that this one cannot work with them.
    #[error("a newer version of this server has been at it: start that one, or use a backup")]
    Newer,
    /// There are no tables to read from, or old ones.
    #[error("it is not made or brought up to date yet, which starting the server does")]
    NotReady,
    /// The database server is one that is only read from.
    #[error("it is a copy that cannot be written to: name the server that it is a copy of")]
    ReadOnly,
    /// The file is missing and cannot be made where it is to be.
    #[error("{} cannot be made: its folder is missing or read-only", .0.display())]
    Folder(PathBuf),
    /// Passwords cannot be hashed on this machine.
    #[error(transparent)]
    Hashing(#[from] Error),
}

impl Accounts {
    /// Opens the database, creating what is missing: a file and the tables in it, or the tables of
    /// a database that PostgreSQL has.
    ///
    /// # Errors
    /// [`OpenError`], also when the database can be read but not written.
    pub async fn open(settings: &DatabaseSettings, demo: DemoCustomers) -> Result<Self, OpenError> {
        let database = match &settings.url.0 {
            Engine::Sqlite(url) => Engine::Sqlite(sqlite::open(&url.options, settings).await?),
            Engine::Postgres(options) => Engine::Postgres(postgres::open(options, settings).await?),
        };
        let accounts = Self {
            sessions: SessionLookup::start(&database, settings.time_limit),
            database,
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
        let mut transaction = self.database.write().await?;
        // Only what reaches the disk finds out that it is full. Once a second at most, whoever asks
        // how often.
        changed!(
            transaction.lend(),
            sqlx::query("UPDATE health SET written_at = $1 WHERE written_at <> $1")
                .bind(seconds(now))
        )?;
        Ok(transaction.commit().await?)
    }

    /// Finishes what is being written and closes the database.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
