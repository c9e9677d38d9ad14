//! Looking at a database without changing it, for commands that only read.

use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

use crate::{
    Accounts, DatabaseSettings, DemoCustomers, OpenError,
    engine::{Database, Engine, on, postgres::Lines, sqlite},
    password_hasher::PasswordHasher,
    schema,
    session_lookup::SessionLookup,
};

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
    /// Whether the server could serve from the database. Nothing in it changes.
    ///
    /// # Errors
    /// [`OpenError`] if it could not.
    pub async fn inspect(settings: &DatabaseSettings) -> Result<DatabaseState, OpenError> {
        let database = match &settings.url.0 {
            Engine::Sqlite(url) => {
                let file = url.options.get_filename().to_owned();
                if !file.exists() {
                    return room_for(file);
                }
                can_be_changed(&url.options).await?;
                Engine::Sqlite(sqlite::open_to_read(&url.options).await?)
            }
            Engine::Postgres(options) => {
                let database = Engine::Postgres(Lines::new(options, settings));
                can_be_written(&database).await?;
                database
            }
        };
        let state = schema::state(&mut database.connection().await?).await?;
        database.close().await;
        Ok(state)
    }

    /// Opens the database to read: the engine itself refuses every write.
    ///
    /// # Errors
    /// [`OpenError`], also for a database that no server has been started with yet.
    pub async fn open_to_read(
        settings: &DatabaseSettings,
        demo: DemoCustomers,
    ) -> Result<Self, OpenError> {
        let database = match &settings.url.0 {
            Engine::Sqlite(url) => Engine::Sqlite(sqlite::open_to_read(&url.options).await?),
            Engine::Postgres(options) => {
                let read_only = options
                    .clone()
                    .options([("default_transaction_read_only", "on")]);
                Engine::Postgres(Lines::new(&read_only, settings))
            }
        };
        if schema::state(&mut database.connection().await?).await? != DatabaseState::Ready {
            return Err(OpenError::NotReady);
        }
        let hasher = PasswordHasher::new()?;
        Ok(Self {
            sessions: SessionLookup::start(&database, settings.time_limit),
            database,
            hasher,
            demo,
        })
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

/// SQLite gives its lock for writing also to whoever can only read, so a table is made and taken
/// back, all in the lock.
async fn can_be_changed(options: &SqliteConnectOptions) -> Result<(), OpenError> {
    let mut connection = options.connect().await?;
    let mut lock = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("CREATE TABLE taken_back (id)")
        .execute(&mut *lock)
        .await?;
    lock.rollback().await?;
    Ok(connection.close().await?)
}

/// PostgreSQL says so itself.
async fn can_be_written(database: &Database) -> Result<(), OpenError> {
    let mut connection = database.connection().await?;
    let (read_only,): (String,) = on!(connection.lend(), engine =>
        sqlx::query_as("SELECT current_setting('transaction_read_only')").fetch_one(engine))?;
    if read_only == "on" {
        return Err(OpenError::ReadOnly);
    }
    Ok(())
}
