//! Many at once: no lost sessions, no revived ones, no "database is locked".
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::{Duration, SystemTime};

use accounts::{Accounts, Billing, NewUser, Password};
use identity::{Cents, Interval};

fn new_user(number: usize) -> NewUser {
    NewUser {
        name: "Ada".parse().unwrap(),
        email: format!("ada{number}@example.com").parse().unwrap(),
        password: Password::choose("correct horse".to_owned()).unwrap(),
        billing: Billing { plan: "free".to_owned(), amount: Cents::default(), interval: Interval::Month },
    }
}

async fn open() -> (Accounts, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("accounts.db").display());
    (Accounts::open(&url).await.unwrap(), folder)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sign_out_among_busy_requests_is_final() {
    let (accounts, _folder) = open().await;
    let start = SystemTime::now();
    accounts.sign_up(new_user(0), None, start).await.unwrap();
    let email = "ada0@example.com".parse().unwrap();
    let password = Password::enter("correct horse".to_owned()).unwrap();
    // Late enough that every request wants to write down when it saw the session.
    let later = start + Duration::from_secs(120);
    for round in 0..25 {
        let session = accounts.sign_in(&email, password.clone(), None, start).await.unwrap().session;
        let requests: Vec<_> = (0..8)
            .map(|_| {
                let (accounts, session) = (accounts.clone(), session.clone());
                tokio::spawn(async move { accounts.resume(&session, later).await.unwrap() })
            })
            .collect();
        accounts.sign_out(&session).await.unwrap();
        for request in requests {
            request.await.unwrap();
        }
        assert_eq!(accounts.resume(&session, later).await.unwrap(), None, "revived in round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_sign_ups_at_once_all_succeed() {
    let (accounts, _folder) = open().await;
    let now = SystemTime::now();
    let sign_ups: Vec<_> = (0..32)
        .map(|number| {
            let accounts = accounts.clone();
            tokio::spawn(async move { accounts.sign_up(new_user(number), None, now).await })
        })
        .collect();
    for sign_up in sign_ups {
        let session = sign_up.await.unwrap().unwrap().session;
        assert!(accounts.resume(&session, now).await.unwrap().is_some());
    }
}
