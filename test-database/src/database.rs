//! A database for one test: a SQLite file, or PostgreSQL where `TEST_DATABASE` is `postgres`.

use std::{env, fs, io, path::PathBuf, sync::LazyLock};

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _, any::install_default_drivers};
use tempfile::TempDir;

use crate::{Postgres, postgres::run};

/// An empty database of a test's own. A file is deleted with this value.
///
/// Every method panics where it cannot do its work: the test has nothing to show then.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its URL, as `DATABASE_URL` takes it.
    pub url: String,
    folder: Option<TempDir>,
}

impl TestDatabase {
    /// SQLite, or PostgreSQL where the variable `TEST_DATABASE` is `postgres`.
    #[must_use]
    pub fn new() -> Self {
        match env::var("TEST_DATABASE").as_deref() {
            Ok("postgres") => Self::in_postgres(),
            Ok("sqlite") | Err(_) => Self::in_a_file(),
            Ok(other) => panic!("TEST_DATABASE is {other}, and neither sqlite nor postgres"),
        }
    }

    /// SQLite, in a folder of its own.
    #[must_use]
    pub fn in_a_file() -> Self {
        let folder = TempDir::new().expect("a folder for the database");
        Self {
            url: format!("sqlite://{}", folder.path().join("test.db").display()),
            folder: Some(folder),
        }
    }

    /// PostgreSQL, on a server that all tests of this process share.
    #[must_use]
    pub fn in_postgres() -> Self {
        static SHARED: LazyLock<io::Result<Postgres>> = LazyLock::new(Postgres::start);
        let url = SHARED.as_ref().map(Postgres::create_database);
        match url {
            Ok(Ok(url)) => Self { url, folder: None },
            Ok(Err(error)) => panic!("{error}"),
            Err(error) => panic!("{error}"),
        }
    }

    /// The SQLite file.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        let folder = self.folder.as_ref().expect("a database in a file");
        folder.path().join("test.db")
    }

    /// Runs statements on a connection of their own and returns how many rows they changed. They
    /// are in the file once this returns.
    pub async fn run(&self, statements: &str) -> u64 {
        let mut connection = self.connect().await;
        let statements = sqlx::raw_sql(AssertSqlSafe(statements));
        let done = statements.execute(&mut connection).await;
        connection.close().await.expect("the connection to close");
        done.expect("statements to be right").rows_affected()
    }

    /// The text in the first column of the one row that a statement returns.
    pub async fn ask(&self, statement: &str) -> String {
        let mut connection = self.connect().await;
        let asked = sqlx::raw_sql(AssertSqlSafe(statement));
        let row = asked.fetch_one(&mut connection).await;
        connection.close().await.expect("the connection to close");
        row.expect("one row").get(0)
    }

    async fn connect(&self) -> AnyConnection {
        install_default_drivers();
        let connection = AnyConnection::connect(&self.url).await;
        connection.expect("a connection to the database")
    }

    /// Copies a table's rows, for [`bring_back`](Self::bring_back).
    pub async fn keep(&self, table: &str) {
        let copy = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        self.run(&copy).await;
    }

    /// Gives the table the rows again that it had at [`keep`](Self::keep), and no others.
    pub async fn bring_back(&self, table: &str) {
        let rows = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}");
        self.run(&rows).await;
    }

    /// Everything in it, to compare or to search: the file, or PostgreSQL's dump. Everybody else
    /// must have closed it, as SQLite may have writes in a second file until then.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        if self.folder.is_some() {
            return fs::read(self.file()).expect("the database's file");
        }
        let dump = run("pg_dump", [&*self.url]).unwrap_or_else(|error| panic!("{error}"));
        // Newer versions begin and end with a random word in a line `\restrict word`.
        let lines = dump.lines().filter(|line| !line.contains("restrict "));
        lines.collect::<Vec<_>>().join("\n").into_bytes()
    }
}

impl Default for TestDatabase {
    fn default() -> Self {
        Self::new()
    }
}
