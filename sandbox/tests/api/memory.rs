//! What outlives a restart.

use std::path::PathBuf;

use sandbox::{Config, OpenError, Sandbox};
use serde_json::json;

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
