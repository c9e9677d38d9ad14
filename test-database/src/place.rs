//! A database for one test: a file, or one of PostgreSQL's where `TEST_DATABASE` says `postgres`.

use std::{env, fs, path::PathBuf};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::shared::{dump, fresh_database};

/// Where a test keeps what it keeps. A file goes with it.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its URL.
    pub url: String,
    folder: Option<TempDir>,
}

/// Does something on a connection to a [`TestDatabase`], which is closed by the time it is done.
macro_rules! connected {
    ($place:expr, $connection:ident => $work:block) => {
        if $place.folder.is_none() {
            connected!(PgConnection, &$place.url, $connection => $work)
        } else {
            connected!(SqliteConnection, &$place.url, $connection => $work)
        }
    };
    ($kind:ident, $url:expr, $connection:ident => $work:block) => {{
        let mut $connection = $kind::connect($url).await.expect($url);
        let outcome = $work;
        $connection.close().await.expect("an end");
        outcome
    }};
}

impl TestDatabase {
    /// An empty one, of the engine that the tests are run on.
    ///
    /// # Panics
    /// If `TEST_DATABASE` names no engine, or there is none.
    #[must_use]
    pub fn new() -> Self {
        match env::var("TEST_DATABASE").as_deref() {
            Ok("postgres") => Self::in_postgres(),
            Ok("sqlite") | Err(_) => Self::in_a_file(),
            Ok(other) => panic!("TEST_DATABASE is {other}, and neither sqlite nor postgres"),
        }
    }

    /// One of SQLite's.
    ///
    /// # Panics
    /// If no folder can be made.
    #[must_use]
    pub fn in_a_file() -> Self {
        let folder = TempDir::new().expect("a folder for the database");
        Self {
            url: format!("sqlite://{}", folder.path().join("test.db").display()),
            folder: Some(folder),
        }
    }

    /// One of PostgreSQL's.
    ///
    /// # Panics
    /// If there is no PostgreSQL.
    #[must_use]
    pub fn in_postgres() -> Self {
        Self {
            url: fresh_database(),
            folder: None,
        }
    }

    /// The file, of one that is in a file.
    ///
    /// # Panics
    /// If it is not.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        let folder = self.folder.as_ref().expect("a database in a file");
        folder.path().join("test.db")
    }

    /// Runs statements past whoever else uses it. All is in the database's file once they have: a
    /// connection that is only dropped may write there later.
    ///
    /// # Panics
    /// If one fails.
    pub async fn run(&self, statements: &str) -> u64 {
        let statements = sqlx::raw_sql(AssertSqlSafe(statements));
        let done = connected!(self, connection => {
            let done = statements.execute(&mut connection).await;
            done.map(|done| done.rows_affected())
        });
        done.expect("statements to be right")
    }

    /// Remembers the rows of a table, for [`bring_back`](Self::bring_back).
    ///
    /// # Panics
    /// If there is no such table, or its rows were kept before.
    pub async fn keep(&self, table: &str) {
        let statement = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        self.run(&statement).await;
    }

    /// Has the very rows in the table that were kept, and no others: a round of a test begins as
    /// the last one did.
    ///
    /// # Panics
    /// If none were kept.
    pub async fn bring_back(&self, table: &str) {
        let statements =
            format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}");
        self.run(&statements).await;
    }

    /// The one text that a statement answers.
    ///
    /// # Panics
    /// If it answers none.
    pub async fn ask(&self, statement: &str) -> String {
        let asked = sqlx::raw_sql(AssertSqlSafe(statement));
        let answer = connected!(self, connection => {
            let row = asked.fetch_one(&mut connection).await;
            row.and_then(|row| sqlx::Row::try_get(&row, 0))
        });
        answer.expect("one text")
    }

    /// All that is written down in it, once whoever used it has closed it.
    ///
    /// # Panics
    /// If it cannot be read.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self.folder {
            None => dump(&self.url).into_bytes(),
            // What was in files beside it came into this one when it was closed.
            Some(_) => fs::read(self.file()).expect("the database's file"),
        }
    }
}

impl Default for TestDatabase {
    fn default() -> Self {
        Self::new()
    }
}
