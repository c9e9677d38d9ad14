//! The tables: brought up to date by whichever server starts first, recognized by the others.

use sqlx::{Connection as _, PgConnection, SqliteConnection, migrate::Migrator};

use crate::{
    DatabaseState, OpenError,
    engine::{Connection, Engine, on},
};

/// One set of migrations, in the SQL that both engines take.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// Servers that start at the same moment take turns, by a lock that sqlx asks PostgreSQL for.
pub(crate) async fn update_postgres(connection: &mut PgConnection) -> Result<(), OpenError> {
    Ok(MIGRATIONS.run(connection).await?)
}

/// Processes that start at the same moment take turns, by the file's write lock.
pub(crate) async fn update_sqlite(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let mut turn = connection.begin_with("BEGIN IMMEDIATE").await?;
    MIGRATIONS.run(&mut *turn).await?;
    Ok(turn.commit().await?)
}

/// Whether the tables are those of this version.
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
    let applied: Vec<(i64,)> = on!(connection.lend(), engine =>
        sqlx::query_as("SELECT version FROM _sqlx_migrations").fetch_all(engine))?;
    if applied
        .iter()
        .any(|(version,)| !MIGRATIONS.version_exists(*version))
    {
        return Err(OpenError::Newer);
    }
    Ok(if applied.len() < MIGRATIONS.iter().count() {
        DatabaseState::Outdated
    } else {
        DatabaseState::Ready
    })
}
