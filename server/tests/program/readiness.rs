//! `/readyz` looks at the disk, once a second at most; `/healthz` never does.

use std::time::{Duration, Instant};

use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use tokio::task::JoinSet;

use crate::support::{Process, Visitor};

#[tokio::test]
async fn a_hundred_who_ask_at_once_make_one_look_at_the_disk_and_the_process_lives_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[], &[]);
    let visitor = Visitor::new(&process.origin());
    let options = SqliteConnectOptions::new().filename(folder.path().join("demo.db"));
    let mut database = options.connect().await.unwrap();
    let lock = database.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let mut asking = JoinSet::new();
    for _ in 0..100 {
        let visitor = visitor.clone();
        asking.spawn(async move { visitor.get("/readyz").await.status });
    }
    let began = Instant::now();
    assert_eq!(visitor.get("/healthz").await.status, 200);
    // Whoever waits for the lock gives up after 5 seconds.
    assert!(began.elapsed() < Duration::from_secs(4), "it waited too");
    let answers = asking.join_all().await;
    assert!(answers.iter().all(|status| *status == 503), "{answers:?}");

    lock.rollback().await.unwrap();
    visitor.until_ready().await;
    process.terminate();
    let log = process.ended().stderr;
    let looks = log
        .lines()
        .filter(|line| line.contains("not ready"))
        .count();
    // One, or two where some asked only after the first had come to its end.
    assert!((1..=2).contains(&looks), "{looks} looks:\n{log}");
}
