//! The tables: brought up to date by whichever server starts first, recognized by the others.
//!
//! While one server after the other is updated, or a version is taken back, an older one starts on
//! tables that a newer one has changed. So a migration only adds: what an older server writes still
//! fits, and what it reads is still there. One that cannot is called `…_breaking_….sql`: no older
//! server starts on its tables, and all of them are to be stopped before it runs.

use std::sync::LazyLock;

use sqlx::{Connection as _, PgConnection, SqliteConnection, migrate::Migrator};

use crate::{
    DatabaseState, OpenError,
    engine::{Connection, Engine, on},
};

/// One set of migrations, in the SQL that both engines take.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrations = sqlx::migrate!();
    migrations.set_ignore_missing(true);
    migrations
});

/// What sqlx writes down of each migration that was run.
const APPLIED: &str = "SELECT version, description FROM _sqlx_migrations";

/// How the description of one begins on whose tables no older server works.
const BREAKING: &str = "breaking";

/// Servers that start at the same moment take turns, by a lock that sqlx asks PostgreSQL for.
pub(crate) async fn update_postgres(connection: &mut PgConnection) -> Result<(), OpenError> {
    MIGRATIONS.run(&mut *connection).await?;
    judge(&sqlx::query_as(APPLIED).fetch_all(connection).await?).map(drop)
}

/// Processes that start at the same moment take turns, by the file's write lock.
pub(crate) async fn update_sqlite(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let mut turn = connection.begin_with("BEGIN IMMEDIATE").await?;
    MIGRATIONS.run(&mut *turn).await?;
    judge(&sqlx::query_as(APPLIED).fetch_all(&mut *turn).await?)?;
    Ok(turn.commit().await?)
}

/// Whether the tables are such as this version can work with.
pub(crate) async fn state(connection: &mut Connection) -> Result<DatabaseState, OpenError> {
    let table_of_migrations = match connection {
        Engine::Sqlite(_) => "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
        Engine::Postgres(_) => {
            "SELECT count(*) FROM pg_tables
             WHERE tablename = '_sqlx_migrations' AND schemaname = current_schema()"
        }
    };
    let (tables,): (i64,) = on!(connection.lend(), engine =>
        sqlx::query_as(table_of_migrations).fetch_one(engine))?;
    if tables == 0 {
        return Ok(DatabaseState::Outdated);
    }
    judge(&on!(connection.lend(), engine => sqlx::query_as(APPLIED).fetch_all(engine))?)
}

/// What has been done to the tables, against what this version knows of.
fn judge(applied: &[(i64, String)]) -> Result<DatabaseState, OpenError> {
    let (known, newer): (Vec<_>, Vec<_>) = applied
        .iter()
        .partition(|(version, _)| MIGRATIONS.version_exists(*version));
    if newer
        .iter()
        .any(|(_, description)| description.starts_with(BREAKING))
    {
        return Err(OpenError::Newer);
    }
    Ok(if known.len() < MIGRATIONS.iter().count() {
        DatabaseState::Outdated
    } else {
        DatabaseState::Ready
    })
}
