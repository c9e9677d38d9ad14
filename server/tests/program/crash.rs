//! `kill -9` under write load: everything acknowledged is there, and SQLite's file is whole.

use std::{
    hash::{BuildHasher as _, RandomState},
    time::{Duration, Instant},
};

use test_database::TestDatabase;

use crate::support::{Process, Visitor, load::Load};

const KILLS: usize = 50;
/// The kill comes at a random moment of this time.
const LONGEST_LOAD: Duration = Duration::from_millis(200);
/// A start takes far less. The rest is for a machine that is busy with other tests.
const LONGEST_START: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_50_kills_under_write_load_none_loses_what_was_acknowledged() {
    let (folder, database) = (tempfile::tempdir().unwrap(), TestDatabase::in_a_file());
    let start = || {
        let began = Instant::now();
        let variables = [
            ("DATABASE_URL", &*database.url),
            ("SIGN_IN_LIMIT", "1000000"),
        ];
        let mut process = Process::spawn(folder.path(), &variables, &[]);
        let origin = process.origin();
        assert!(began.elapsed() < LONGEST_START, "{:?}", began.elapsed());
        (process, origin)
    };
    let (mut process, mut origin) = start();
    let mut outcomes = Vec::new();
    for kill in 0..KILLS {
        let load = Load::start(&[&origin], &format!("kill-{kill}"));
        load.goes_on(1).await;
        let most = u64::try_from(LONGEST_LOAD.as_micros()).unwrap();
        let moment = RandomState::new().hash_one(kill) % most;
        tokio::time::sleep(Duration::from_micros(moment)).await;
        drop(process);
        let mut outcome = load.stop().await;

        (process, origin) = start();
        outcome.assert_nothing_lost(&[&origin]).await;
        assert_eq!(database.ask("PRAGMA integrity_check").await, "ok");
        outcomes.push(outcome);
    }
    for outcome in &mut outcomes {
        outcome.assert_nothing_lost(&[&origin]).await;
    }
    let answered: usize = outcomes.iter().map(|outcome| outcome.answered).sum();
    let cut_off: usize = outcomes.iter().map(|outcome| outcome.cut_off).sum();
    println!("{answered} requests answered, {cut_off} cut off");
    assert_eq!(Visitor::new(&origin).get("/readyz").await.status, 200);
}
