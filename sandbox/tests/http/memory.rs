//! What outlives a restart.

use std::path::PathBuf;

use sandbox::{Config, OpenError, Sandbox};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::bench::{Bench, SECRET, claims, config, mint};

/// A database file of this test's own, gone when the test is over.
struct Database(PathBuf);

impl Database {
    fn new(name: &str) -> Self {
        let directory =
            std::env::temp_dir().join(format!("sandbox-test-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    fn config(&self) -> Config {
        let mut config = config();
        config.database = Some(self.0.join("sandbox.db"));
        config
    }

    /// Does to the file, before a sandbox opens it, what `sql` says.
    async fn written(self, sql: &'static str) -> Self {
        let file = self.config().database.unwrap();
        let options = SqliteConnectOptions::new().filename(file);
        let mut connection = options.create_if_missing(true).connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        self
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_backlog_in_a_file_is_there_after_a_restart() {
    let database = Database::new("restart");
    let body = json!({ "kind": "request", "title": "kept" });
    {
        let bench = Bench::with(database.config()).await;
        assert_eq!(
            bench
                .post_as(&mint(&claims()), "/api/features", &body)
                .await
                .status,
            201
        );
    }
    let bench = Bench::with(database.config()).await;
    let kept = bench.get("/p/demo/api/v1/features").await.json()["features"][0].clone();
    assert_eq!(
        (&kept["title"], &kept["monthly_revenue"]),
        (&json!("kept"), &json!(8_250))
    );
    assert_eq!(
        bench.get("/p/demo/api/v1/verdicts").await.json()["verdicts"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_file_of_the_first_version_is_opened_with_all_that_is_in_it() {
    let database = Database::new("first-version");
    let database = database.written(include_str!("first_version.sql")).await;
    let bench = Bench::with(database.config()).await;
    let kept = bench.get("/p/demo/api/v1/features").await.json();
    let first = &kept["features"][0];
    assert_eq!(
        (&first["title"], &first["voices"], &first["monthly_revenue"]),
        (&json!("Dark mode"), &json!(3), &json!(8_250))
    );
    assert_eq!(kept["features"].as_array().unwrap().len(), 4);
    let verdicts = bench.get("/p/demo/api/v1/verdicts").await.json();
    assert_eq!(verdicts["verdicts"].as_array().unwrap().len(), 5);
    let notified = bench.get_as(&mint(&claims()), "/api/notifications").await;
    assert_eq!(notified.json()["notifications"][0]["title"], "Dark mode");
    assert_eq!(bench.get("/p/demo").await.status, 200);
    assert_eq!(bench.get("/p/demo/identity").await.status, 200);
}

#[tokio::test]
async fn a_file_of_a_newer_version_or_of_somebody_else_is_refused_in_a_sentence() {
    for (name, others) in [
        (
            "newer",
            "insert into _sqlx_migrations values (2, 'later', '2026-01-01', 1, x'00', 1)",
        ),
        ("foreign", "update _sqlx_migrations set checksum = x'00'"),
    ] {
        let database = Database::new(name);
        drop(Sandbox::open(database.config()).await.unwrap());
        let database = database.written(others).await;
        let refused = Sandbox::open(database.config()).await.map(|_| ());
        assert_eq!(
            refused.unwrap_err().to_string(),
            "another version of the sandbox has been at its database, or something else: start \
             that one, or name another file",
            "{name}"
        );
    }
}

#[tokio::test]
async fn without_a_file_every_sandbox_has_a_memory_of_its_own() {
    let (one, other) = (Bench::new().await, Bench::new().await);
    one.get_as(&mint(&claims()), "/api/features").await;
    assert_eq!(
        other.get("/p/demo/api/v1/requesters").await.json(),
        json!({ "requesters": [] })
    );
}

#[tokio::test]
async fn a_file_of_another_project_is_refused_by_name() {
    let database = Database::new("project");
    drop(Sandbox::open(database.config()).await.unwrap());
    let mut other = Config::new("other", SECRET).unwrap();
    other.database = database.config().database;
    match Sandbox::open(other).await.map(|_| ()) {
        Err(OpenError::OtherProject { owner }) => assert_eq!(owner, "demo"),
        opened => panic!("{opened:?}"),
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_a_database_is_an_error_and_left_as_it_was() {
    let database = Database::new("text");
    let file = database.config().database.unwrap();
    std::fs::write(&file, "a diary, not a database. ".repeat(100)).unwrap();
    assert!(Sandbox::open(database.config()).await.is_err());
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .starts_with("a diary")
    );
}

#[tokio::test]
async fn callers_that_come_at_once_all_count() {
    let bench = Bench::new().await;
    let body = json!({ "kind": "request", "title": "busy" });
    let id = bench
        .post_anonymously("filer", "/api/features", &body)
        .await
        .json()["id"]
        .clone();
    let path = format!("/api/features/{id}/vote");
    let votes = (0..64).map(|number| {
        let (bench, path) = (&bench, &path);
        async move {
            bench
                .post_anonymously(&format!("visitor-{number}"), path, &json!({}))
                .await
                .status
        }
    });
    for status in futures_util::future::join_all(votes).await {
        assert_eq!(status, 200);
    }
    assert_eq!(
        bench.get("/p/demo/api/v1/features").await.json()["features"][0]["voices"],
        65
    );
}

#[tokio::test]
async fn callers_that_hang_up_at_any_moment_leave_the_memory_whole() {
    let bench = Bench::new().await;
    let token = mint(&claims());
    let body = json!({ "kind": "request", "title": "hung up" });
    let (mut answered, mut patience) = (0, 0);
    while answered < 20 {
        patience += 1;
        let hang_up = async {
            for _ in 0..patience {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            answer = bench.post_as(&token, "/api/features", &body) => {
                assert_eq!(answer.status, 201, "{}", answer.text);
                answered += 1;
            }
            () = hang_up => {}
        }
    }
    let listed = bench.get("/p/demo/api/v1/features").await.json()["features"]
        .as_array()
        .unwrap()
        .clone();
    assert!(
        listed.len() >= answered,
        "{} are listed, {answered} were answered",
        listed.len()
    );
    assert!(
        listed.iter().all(|feature| feature["voices"] == 1),
        "a feature was kept without its submitter"
    );
    assert_eq!(
        bench.post_as(&token, "/api/features", &body).await.status,
        201
    );
}
