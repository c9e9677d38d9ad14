//! Many at once: no lost sessions, no revived ones, no "database is locked".

use std::time::{Duration, Instant, SystemTime};

use accounts::{Error, SignedIn};
use sqlx::{Connection as _, SqliteConnection};
use test_database::TestDatabase;
use tokio::task::JoinSet;

use crate::support::{ADA, HOME, PASSWORD, client, new_accounts, open, sign_in, sign_up, user};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sign_out_among_busy_requests_is_final_in_each_of_500_rounds() {
    let (accounts, database) = new_accounts().await;
    let session = sign_up(&accounts, ADA).await.session;
    // Late enough that every request wants to note when it saw the session.
    let later = SystemTime::now() + Duration::from_secs(120);
    // Each round begins with this session, as it was: signing in anew is mostly hashing.
    database.keep("sessions").await;
    for round in 0..500 {
        database.bring_back("sessions").await;
        let mut requests = JoinSet::new();
        for _ in 0..8 {
            let (accounts, session) = (accounts.clone(), session.clone());
            requests.spawn(async move { accounts.resume(&session, later).await.unwrap() });
        }
        accounts.sign_out(&session, None).await.unwrap();
        requests.join_all().await;
        let resumed = accounts.resume(&session, later).await.unwrap();
        assert_eq!(resumed, None, "revived in round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_who_come_at_once_none_meets_a_locked_database() {
    let (accounts, _database) = new_accounts().await;
    let now = SystemTime::now();
    sign_up(&accounts, ADA).await;
    let mut entries = JoinSet::new();
    for number in 0..32 {
        let all = accounts.clone();
        entries.spawn(async move { sign_in(&all, PASSWORD, &client(HOME), now).await });
        let (all, new) = (accounts.clone(), user(&format!("user{number}@example.com")));
        entries.spawn(async move { all.sign_up(new, &client(HOME), now).await });
    }
    let mut sessions = 0;
    for entry in entries.join_all().await {
        match entry {
            Ok(SignedIn { user, session, .. }) => {
                assert_eq!(accounts.resume(&session, now).await.unwrap(), Some(user));
                sessions += 1;
            }
            // The machine is busy, and they were asked to come back.
            Err(error) => assert!(matches!(error, Error::Busy), "{error}"),
        }
    }
    assert!(sessions > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_somebody_holds_sqlites_write_lock_reading_goes_on() {
    let database = TestDatabase::in_a_file();
    let accounts = open(&database, accounts::Mode::Sandbox, 10).await;
    let SignedIn { user, session, .. } = sign_up(&accounts, ADA).await;
    let mut other = SqliteConnection::connect(&database.url).await.unwrap();
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    // Last used 61 s ago, so that each of these would note that it is used again.
    let now = SystemTime::now() + Duration::from_secs(61);
    let began = Instant::now();
    for _ in 0..100 {
        assert_eq!(
            accounts.resume(&session, now).await.unwrap(),
            Some(user.clone())
        );
    }
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "after {:?}",
        began.elapsed()
    );
    lock.rollback().await.unwrap();
}
