//! The connection pool: one for SQLite and PostgreSQL, by sqlx's `Any` driver.
//!
//! Every statement is written once, in the SQL that both take. What differs between the two is in
//! this file and in `session_lookup.rs`.

use std::{path::PathBuf, time::Duration};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::{
    Any, AnyConnection, AnyPool, Connection as _, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
    migrate::{MigrateError, Migrator},
};
use tokio::time::timeout;

use crate::database_url::{DatabaseUrl, Engine};

/// How many connections one server keeps open.
const MAX_CONNECTIONS: u32 = 8;
/// How long a request waits for a connection, also while PostgreSQL cannot be reached.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// A connection that was idle for longer is tested before it is used: it may be cut.
const TEST_IF_IDLE_FOR: Duration = Duration::from_secs(10);
/// Settings of each connection to PostgreSQL. The server itself ends what takes too long, so that
/// nothing goes on there, holding locks, after the request was answered.
const POSTGRES_OPTIONS: [(&str, &str); 2] = [
    ("options[statement_timeout]", "5s"),
    ("options[idle_in_transaction_session_timeout]", "5s"),
];

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be created, read or written, or the server cannot be reached.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The tables cannot be made.
    #[error(transparent)]
    Migration(#[from] MigrateError),
    /// It has tables that this version did not make. None of them was changed.
    #[error(
        "it holds tables of another program, or of another version of this one: name another \
         database, or delete this one if it is an old demo.db"
    )]
    NotOurs,
    /// There are no tables to read from.
    #[error("it is empty: start the server once, which makes its tables")]
    Empty,
    /// The file is missing and cannot be made.
    #[error("{} cannot be made: {error}", path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// Passwords cannot be hashed on this machine.
    #[error(transparent)]
    Hashing(#[from] crate::Error),
}

/// The pool, and what only one of the two engines has.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    pub(crate) pool: AnyPool,
    /// The file, if it is SQLite's.
    pub(crate) file: Option<PathBuf>,
}

impl Database {
    /// Opens the database. Makes the file and the tables if there are none.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, OpenError> {
        if let (false, Some(path)) = (has_our_tables(url).await?, url.file()) {
            create(path)?;
        }
        let database = Self::connect(url, "rwc").await?;
        if database.file.is_some() {
            // Kept in the file: reading waits for no writer from here on.
            sqlx::raw_sql("PRAGMA journal_mode = WAL")
                .execute(&database.pool)
                .await?;
        }
        MIGRATIONS.run(&database.pool).await?;
        Ok(database)
    }

    /// Opens a database that a server has made, only to read.
    pub(crate) async fn open_read_only(url: &DatabaseUrl) -> Result<Self, OpenError> {
        if !has_our_tables(url).await? {
            return Err(OpenError::Empty);
        }
        Self::connect(url, "ro").await
    }

    /// Whether [`open`](Self::open) would succeed. Changes nothing.
    pub(crate) async fn check(url: &DatabaseUrl) -> Result<(), OpenError> {
        if !has_our_tables(url).await? {
            return match url.file() {
                // Made and taken away again: only that tells whether it can be made.
                Some(path) if !path.exists() => {
                    create(path)?;
                    Ok(std::fs::remove_file(path).map_err(sqlx::Error::Io)?)
                }
                _ => Ok(()),
            };
        }
        let database = Self::connect(url, "rw").await?;
        let mut transaction = database.begin().await?;
        sqlx::query("UPDATE health SET checked_at = checked_at")
            .execute(&mut *transaction)
            .await?;
        transaction.rollback().await?;
        database.pool.close().await;
        Ok(())
    }

    async fn connect(url: &DatabaseUrl, mode: &str) -> Result<Self, OpenError> {
        let pool = AnyPoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            // All are open from the start, so that requests do not need a new one while none can be
            // had.
            .min_connections(MAX_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // On the path of a request, one statement is one round trip.
            .test_before_acquire(false)
            .before_acquire(|connection, metadata| {
                Box::pin(async move {
                    if metadata.idle_for > TEST_IF_IDLE_FOR {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            // After a failed commit, on a full disk for example, sqlx still counts a transaction as
            // open, and no other can begin on this connection.
            .after_release(|connection, _| {
                Box::pin(async move { Ok(!connection.is_in_transaction()) })
            })
            .connect_with(url.connect_options(mode)?)
            .await?;
        Ok(Self {
            pool,
            file: url.file().cloned(),
        })
    }

    /// A transaction that will write. SQLite takes its write lock at the start: a transaction that
    /// reads first and asks for the lock later fails at once if another one came between.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.file {
            Some(_) => self.pool.begin_with("BEGIN IMMEDIATE").await,
            None => self.pool.begin().await,
        }
    }

    /// The database's own clock, as an SQL expression: microseconds since 1970. Servers that share
    /// a PostgreSQL share its clock.
    pub(crate) fn now(&self) -> &'static str {
        match self.file {
            Some(_) => "CAST(unixepoch('subsec') * 1000000 AS BIGINT)",
            None => "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS BIGINT)",
        }
    }

    /// Finishes what is being written and closes every connection.
    pub(crate) async fn close(&self) {
        if self.file.is_some() {
            // So that the file holds everything. The readers of `session_lookup.rs` stay open.
            let checkpoint = sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)");
            if let Err(error) = checkpoint.execute(&self.pool).await {
                tracing::warn!(%error, "the write-ahead log was not copied into the database");
            }
        }
        self.pool.close().await;
    }
}

impl DatabaseUrl {
    fn file(&self) -> Option<&PathBuf> {
        match &self.engine {
            Engine::Sqlite(path) => Some(path),
            Engine::Postgres(_) => None,
        }
    }

    fn connect_options(&self, mode: &str) -> Result<AnyConnectOptions, sqlx::Error> {
        install_default_drivers();
        match &self.engine {
            Engine::Sqlite(path) => {
                // A path may have blanks, `#` and whatever else means something in a URL.
                let path = path.to_string_lossy();
                let path = utf8_percent_encode(&path, NON_ALPHANUMERIC);
                format!("sqlite:{path}?mode={mode}").parse()
            }
            Engine::Postgres(postgres) => {
                let mut options: AnyConnectOptions = self.text.parse()?;
                let mut query = options.database_url.query_pairs_mut();
                query.extend_pairs(POSTGRES_OPTIONS);
                // sqlx looks an IPv6 address up together with its brackets.
                let host = postgres.get_host().strip_prefix('[');
                if let Some(address) = host.and_then(|host| host.strip_suffix(']')) {
                    query.append_pair("host", address);
                }
                drop(query);
                Ok(options)
            }
        }
    }
}

/// Whether the database has our tables, and not none. It is found out without a change to it: one
/// with other tables may be somebody else's.
async fn has_our_tables(url: &DatabaseUrl) -> Result<bool, OpenError> {
    if url.file().is_some_and(|path| !path.exists()) {
        return Ok(false);
    }
    let looking = look_for_tables(url);
    let found = timeout(ACQUIRE_TIMEOUT, looking).await;
    found.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
}

async fn look_for_tables(url: &DatabaseUrl) -> Result<bool, OpenError> {
    let catalog = match &url.engine {
        Engine::Sqlite(_) => "SELECT name FROM sqlite_master",
        // In every schema: another program may keep its tables in one of its own.
        Engine::Postgres(_) => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables
             WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        }
    };
    let mut connection = AnyConnection::connect_with(&url.connect_options("ro")?).await?;
    let tables: Vec<(String,)> = sqlx::query_as(catalog).fetch_all(&mut connection).await?;
    let applied = sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations")
        .fetch_all(&mut connection)
        .await;
    connection.close().await?;
    if tables.is_empty() {
        return Ok(false);
    }
    // A table of this name that is missing, or cannot be read like this, is not ours.
    let applied: Vec<(i64, Vec<u8>)> = applied.map_err(|_| OpenError::NotOurs)?;
    let is_of_sqlx = |(name,): &(String,)| name.contains("_sqlx_migrations");
    if applied.is_empty() && tables.iter().all(is_of_sqlx) {
        // A start failed before it made the first table.
        return Ok(false);
    }
    let is_ours = |(version, checksum): &(i64, Vec<u8>)| {
        let mut ours = MIGRATIONS.iter();
        ours.any(|ours| ours.version == *version && *ours.checksum == checksum[..])
    };
    if !applied.is_empty() && applied.iter().all(is_ours) {
        Ok(true)
    } else {
        Err(OpenError::NotOurs)
    }
}

/// Makes an empty file, which says better than SQLite why it cannot be made.
fn create(path: &PathBuf) -> Result<(), OpenError> {
    let opened = std::fs::File::options()
        .append(true)
        .create(true)
        .open(path);
    opened.map(drop).map_err(|error| OpenError::Folder {
        path: path.clone(),
        error,
    })
}
