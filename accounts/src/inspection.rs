//! Looking at a database without changing it, for commands that only read.

use std::{
    path::{Path, PathBuf},
    str::FromStr as _,
};

use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{Accounts, DemoCustomers, OpenError, password_hasher::PasswordHasher};

/// How far a database is from being served from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseState {
    /// It is there, up to date, and can be written to.
    Ready,
    /// The next start of the server brings its tables up to date.
    Outdated,
    /// The next start of the server makes it.
    Missing,
}

impl Accounts {
    /// Whether the server could serve from the database at `url`. Nothing in it changes.
    ///
    /// # Errors
    /// [`OpenError`] if it could not.
    pub async fn inspect(url: &str) -> Result<DatabaseState, OpenError> {
        let options = SqliteConnectOptions::from_str(url)?;
        let file = options.get_filename().to_owned();
        if !file.exists() {
            return room_for(file);
        }
        let mut connection = options.connect().await?;
        let state = state(&mut connection).await?;
        // The write lock is given to nobody who could not write.
        let lock = connection.begin_with("BEGIN IMMEDIATE").await?;
        lock.rollback().await?;
        connection.close().await?;
        Ok(state)
    }

    /// Opens the database at `url` to read: SQLite itself refuses every write.
    ///
    /// # Errors
    /// [`OpenError`], also for a database that no server has been started with yet.
    pub async fn open_to_read(url: &str, demo: DemoCustomers) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::from_str(url)?.read_only(true);
        if !options.get_filename().exists() {
            return Err(OpenError::NotReady);
        }
        let pool = SqlitePoolOptions::new().connect_with(options).await?;
        let mut connection = pool.acquire().await?;
        if state(&mut connection).await? != DatabaseState::Ready {
            return Err(OpenError::NotReady);
        }
        drop(connection);
        let hasher = PasswordHasher::new()?;
        Ok(Self { pool, hasher, demo })
    }
}

/// Whether a file that is missing could be made.
fn room_for(file: PathBuf) -> Result<DatabaseState, OpenError> {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    let found = folder.unwrap_or(Path::new(".")).metadata();
    match found {
        Ok(found) if found.is_dir() && !found.permissions().readonly() => {
            Ok(DatabaseState::Missing)
        }
        _ => Err(OpenError::Folder(file)),
    }
}

/// Whether the tables are those of this version.
async fn state(connection: &mut SqliteConnection) -> Result<DatabaseState, OpenError> {
    let (tables,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut *connection)
            .await?;
    if tables == 0 {
        return Ok(DatabaseState::Outdated);
    }
    let applied: Vec<(i64,)> = sqlx::query_as("SELECT version FROM _sqlx_migrations")
        .fetch_all(connection)
        .await?;
    let known = sqlx::migrate!();
    if applied
        .iter()
        .any(|(version,)| !known.version_exists(*version))
    {
        return Err(OpenError::Newer);
    }
    Ok(if applied.len() < known.iter().count() {
        DatabaseState::Outdated
    } else {
        DatabaseState::Ready
    })
}
