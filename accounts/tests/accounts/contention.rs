//! Many at once: no lost sessions, no revived ones, no "database is locked".

use std::{
    pin::pin,
    time::{Duration, SystemTime},
};

use accounts::{Accounts, Error, Password, SignedIn};
use argon2::{Argon2, Params, password_hash::PasswordHasher as _};
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use tokio::task::JoinHandle;

use crate::support::{House, PASSWORD, ada, at, house, open, password, sign_in, user};

/// So many sign-ins of one user at once.
fn sign_ins(
    number: usize,
    accounts: &Accounts,
    text: &str,
    now: SystemTime,
) -> Vec<JoinHandle<Result<SignedIn, Error>>> {
    let sign_in = |_| {
        let (accounts, text) = (accounts.clone(), text.to_owned());
        tokio::spawn(async move { sign_in(&accounts, &text, None, now).await })
    };
    (0..number).map(sign_in).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sign_out_among_busy_requests_is_final_in_each_of_500_rounds() {
    let House { accounts, place } = house().await;
    let start = SystemTime::now();
    accounts.sign_up(ada(), None, start).await.unwrap();
    // Late enough that every request wants to write down when it saw the session.
    let later = start + Duration::from_secs(120);
    let signed_in = sign_in(&accounts, PASSWORD, None, start).await.unwrap();
    let session = signed_in.session;
    // Each round begins with this session, as it was: signing in anew is mostly hashing.
    place.keep("sessions").await;
    for round in 0..500 {
        place.bring_back("sessions").await;
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
        assert_eq!(
            accounts.resume(&session, later).await.unwrap(),
            None,
            "revived in round {round}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_sign_in_with_the_old_password_outlives_its_change() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    accounts.sign_up(ada(), None, now).await.unwrap();
    let mut old = PASSWORD.to_owned();
    for round in 0..25 {
        let session = sign_in(&accounts, &old, None, now).await.unwrap().session;
        let new = format!("correct horse {round}");
        let late = sign_ins(4, &accounts, &old, now);
        let (entered, chosen) = (password(&old), Password::choose(new.clone()).unwrap());
        let changed = accounts
            .change_password(&session, entered, chosen, now)
            .await
            .unwrap()
            .unwrap();
        for sign_in in late {
            match sign_in.await.unwrap() {
                Ok(signed_in) => assert_eq!(
                    accounts.resume(&signed_in.session, now).await.unwrap(),
                    None
                ),
                Err(error) => assert!(matches!(error, Error::InvalidCredentials), "{error}"),
            }
        }
        assert!(
            accounts
                .resume(&changed.session, now)
                .await
                .unwrap()
                .is_some(),
            "ended in round {round}"
        );
        old = new;
    }
}

/// Each of them opened a session, or was asked to come back because the machine is busy; not all of
/// them were.
async fn succeed_or_are_busy(
    accounts: &Accounts,
    entries: Vec<JoinHandle<Result<SignedIn, Error>>>,
    now: SystemTime,
) {
    let mut sessions = 0;
    for entry in entries {
        match entry.await.unwrap() {
            Ok(SignedIn { session, .. }) => {
                assert!(accounts.resume(&session, now).await.unwrap().is_some());
                sessions += 1;
            }
            Err(error) => assert!(matches!(error, Error::Busy), "{error}"),
        }
    }
    assert!(sessions > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_sign_ins_at_once_none_meets_a_locked_database() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    accounts.sign_up(ada(), None, now).await.unwrap();
    succeed_or_are_busy(&accounts, sign_ins(64, &accounts, PASSWORD, now), now).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_32_sign_ups_at_once_none_meets_a_locked_database() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let sign_up = |number: usize| {
        let (accounts, new) = (accounts.clone(), user(&format!("ada{number}@example.com")));
        tokio::spawn(async move { accounts.sign_up(new, None, now).await })
    };
    succeed_or_are_busy(&accounts, (0..32).map(sign_up).collect(), now).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_sign_ins_that_bring_one_hash_up_to_date_none_is_refused() {
    let House { accounts, place } = house().await;
    let now = SystemTime::now();
    accounts.sign_up(ada(), None, now).await.unwrap();
    let weak = Argon2::from(Params::new(8 * 1024, 1, 1, None).unwrap())
        .hash_password(PASSWORD.as_bytes())
        .unwrap();
    let outdate = format!("UPDATE users SET password_hash = '{weak}'");
    place.run(&outdate).await;
    succeed_or_are_busy(&accounts, sign_ins(16, &accounts, PASSWORD, now), now).await;
    let stored = place.ask("SELECT password_hash FROM users").await;
    assert!(
        stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{stored}"
    );
}

#[tokio::test]
async fn a_start_on_a_new_file_waits_for_another_that_writes_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.db");
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true);
    let mut other = options.connect().await.unwrap();
    let writing = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let settings = at(&file);
    let mut opening = pin!(open(&settings));
    let early = tokio::time::timeout(Duration::from_millis(300), &mut opening).await;
    assert!(early.is_err(), "it has not waited");
    writing.rollback().await.unwrap();
    let accounts = opening.await;
    accounts
        .sign_up(ada(), None, SystemTime::now())
        .await
        .unwrap();
}
