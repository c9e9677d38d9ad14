//! Several servers on one database: what happens on one is true on all at once.

use std::time::SystemTime;

use accounts::{Accounts, Error, Mode};
use reqio_identity::Interval;
use test_database::TestDatabase;
use tokio::task::JoinSet;

use crate::support::{
    ADA, HOME, PASSWORD, billing, client, is_live, open, password, sign_in, sign_up,
};

async fn servers(limit: u32) -> (Accounts, Accounts, TestDatabase) {
    let database = TestDatabase::new();
    let one = open(&database, Mode::Sandbox, limit).await;
    (one, open(&database, Mode::Sandbox, limit).await, database)
}

#[tokio::test]
async fn what_ends_or_changes_on_one_server_has_on_the_other() {
    let (one, other, _database) = servers(1_000).await;
    let now = SystemTime::now();
    let user = sign_up(&one, ADA).await.user;
    for round in 0..20 {
        let session = sign_in(&one, PASSWORD, &client(HOME), now)
            .await
            .unwrap()
            .session;
        let plan = billing(&format!("plan {round}"), round, Interval::Year);
        one.change_billing(&user.id, &plan).await.unwrap().unwrap();
        let seen = other.resume_unattended(&session, now).await.unwrap();
        assert_eq!(seen.unwrap().billing, plan);
        other.sign_out(&session, None).await.unwrap();
        assert!(!is_live(&one, &session, now).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn attempts_at_the_same_moment_on_two_servers_count_together_and_a_restart_forgets_none() {
    let (one, other, database) = servers(10).await;
    let attempt = async |server: Accounts| {
        let email = "nobody@example.com".parse().unwrap();
        server
            .sign_in(&email, password("wrong"), &client(HOME), SystemTime::now())
            .await
    };
    let mut attempts = JoinSet::new();
    for number in 0..30 {
        attempts.spawn(attempt(if number % 2 == 0 {
            one.clone()
        } else {
            other.clone()
        }));
        // Deleting what has expired is in nobody's way.
        let purging = one.clone();
        attempts
            .spawn(async move { Err(purging.purge().await.map_or_else(|e| e, |_| Error::Busy)) });
    }
    let mut counted = 0;
    for attempt in attempts.join_all().await {
        match attempt.unwrap_err() {
            Error::InvalidCredentials => counted += 1,
            Error::TooManyAttempts(_) | Error::Busy => {}
            error => panic!("{error}"),
        }
    }
    // One more may have come back meanwhile, on a machine that takes six seconds for this.
    assert!((10..=11).contains(&counted), "{counted}");
    one.close().await;
    other.close().await;
    let restarted = open(&database, Mode::Sandbox, 10).await;
    let refused = attempt(restarted.clone()).await;
    let refused = if refused.is_err() {
        refused
    } else {
        attempt(restarted).await
    };
    assert!(
        matches!(refused, Err(Error::TooManyAttempts(_))),
        "{refused:?}"
    );
}
