//! Several servers on one database: what happens on one is true on all at once.

use std::{
    net::Ipv4Addr,
    time::{Duration, SystemTime},
};

use accounts::{
    Accounts, Attempts,
    DemoCustomers::Refused,
    Error::{InvalidCredentials, TooManyAttempts},
    Password, SessionToken, Standing,
};
use reqio_identity::Interval;
use tokio::task::JoinSet;

use crate::support::{
    ADA, House, PASSWORD, ada, billing, house, open, password, settings, sign_in,
};

const HOME: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// Two servers on one database.
async fn servers() -> (Accounts, Accounts, House) {
    let house = house().await;
    let other = open(&settings(&house.place)).await;
    (house.accounts.clone(), other, house)
}

fn limits(accounts: &Accounts) -> Attempts {
    Attempts::per_minute(10.try_into().unwrap(), accounts)
}

async fn is_signed_in(accounts: &Accounts, session: &SessionToken, now: SystemTime) -> bool {
    let found = accounts.resume_unattended(session, now).await;
    found.unwrap().is_some()
}

#[tokio::test]
async fn what_ends_or_changes_on_one_server_has_on_the_other() {
    let (one, other, _house) = servers().await;
    let now = SystemTime::now();
    let signed_up = one.sign_up(ada(), None, now).await.unwrap();
    for round in 0..100 {
        let session = if round == 0 {
            signed_up.session.clone()
        } else {
            let signed_in = sign_in(&one, PASSWORD, None, now).await;
            signed_in.unwrap().session
        };
        let plan = billing(&format!("plan {round}"), round, Interval::Year);
        let changed = one.change_billing(&signed_up.user.id, &plan).await;
        changed.unwrap().unwrap();
        let seen = other.resume_unattended(&session, now).await.unwrap();
        assert_eq!(seen.unwrap().billing, plan);
        other.sign_out(&session).await.unwrap();
        assert!(!is_signed_in(&one, &session, now).await);
    }
}

#[tokio::test]
async fn a_password_changed_on_one_server_is_changed_on_the_other() {
    let (one, other, _house) = servers().await;
    let now = SystemTime::now();
    one.sign_up(ada(), None, now).await.unwrap();
    let mut old = PASSWORD.to_owned();
    for round in 0..10 {
        let here = sign_in(&one, &old, None, now).await.unwrap().session;
        let there = sign_in(&other, &old, None, now).await.unwrap().session;
        let new = format!("battery staple {round}");
        let chosen = Password::choose(new.clone()).unwrap();
        let changed = one.change_password(&here, password(&old), chosen, now);
        let kept = changed.await.unwrap().unwrap().session;
        assert!(!is_signed_in(&other, &there, now).await);
        assert!(!is_signed_in(&other, &here, now).await);
        assert!(is_signed_in(&other, &kept, now).await);
        let refused = sign_in(&other, &old, None, now).await;
        assert!(matches!(refused, Err(InvalidCredentials)), "{refused:?}");
        sign_in(&other, &new, None, now).await.unwrap();
        old = new;
    }
}

#[tokio::test]
async fn attempts_on_several_servers_count_together_and_a_restart_forgives_none() {
    let (one, other, house) = servers().await;
    let now = SystemTime::now();
    let id = one.sign_up(ada(), None, now).await.unwrap().user.id;
    let mut refused = Vec::new();
    for attempt in 0..20 {
        let server = limits(if attempt % 2 == 0 { &one } else { &other });
        let counted = server.count(HOME.into(), &ADA.parse().unwrap(), now).await;
        if matches!(counted, Err(TooManyAttempts(_))) {
            refused.push(attempt);
        } else {
            counted.unwrap();
        }
    }
    assert_eq!(refused, (10..20).collect::<Vec<_>>());
    one.close().await;
    other.close().await;
    let restarted = limits(&open(&settings(&house.place)).await);
    let account = ADA.parse().unwrap();
    let counted = restarted.count(HOME.into(), &account, now).await;
    assert!(matches!(counted, Err(TooManyAttempts(_))), "{counted:?}");
    restarted.remember(HOME.into(), &id, now).await.unwrap();
    let restarted = limits(&open(&settings(&house.place)).await);
    let later = now + Duration::from_secs(60);
    let counted = restarted.count(HOME.into(), &account, later).await;
    assert_eq!(counted.unwrap(), Standing::Known);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_attempts_at_the_same_moment_as_many_are_admitted_as_there_are() {
    let (one, other, house) = servers().await;
    let start = SystemTime::now();
    for minute in 0..20_u32 {
        let now = start + minute * Duration::from_secs(60);
        let mut trying = JoinSet::new();
        for attempt in 0..40 {
            let server = limits(if attempt % 2 == 0 { &one } else { &other });
            // Half of them share an address, all of them an account.
            let address = if attempt % 4 < 2 {
                HOME
            } else {
                Ipv4Addr::from(attempt << 16)
            };
            let account = ADA.parse().unwrap();
            trying.spawn(async move { server.count(address.into(), &account, now).await });
        }
        // Whoever deletes what is idle is in nobody's way.
        let purging = other.clone();
        trying.spawn(async move {
            purging.purge(now).await.unwrap();
            Err(TooManyAttempts(Duration::ZERO))
        });
        let mut admitted = 0;
        for counted in trying.join_all().await {
            match counted {
                Ok(_) => admitted += 1,
                Err(TooManyAttempts(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(admitted, 10, "in minute {minute}");
    }
    drop(house);
}

#[tokio::test]
async fn an_attempt_that_is_refused_writes_nothing() {
    let house = house().await;
    let (account, now) = (ADA.parse().unwrap(), SystemTime::now());
    let attempts = limits(&house.accounts);
    for _ in 0..10 {
        attempts.count(HOME.into(), &account, now).await.unwrap();
    }
    // Where every write is refused by the database itself.
    let reader = Accounts::open_to_read(&settings(&house.place), Refused).await;
    let attempts = limits(&reader.unwrap());
    let counted = attempts.count(HOME.into(), &account, now).await;
    assert!(matches!(counted, Err(TooManyAttempts(_))), "{counted:?}");
    let later = now + Duration::from_secs(60);
    let counted = attempts.count(HOME.into(), &account, later).await;
    assert!(
        matches!(counted, Err(accounts::Error::Database(_))),
        "{counted:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_servers_that_keep_house_at_the_same_moment_one_does() {
    let (one, other, house) = servers().await;
    let start = SystemTime::now();
    for minute in 1..20_u32 {
        one.sign_up(
            crate::support::user(&format!("user{minute}@example.com")),
            None,
            start,
        )
        .await
        .unwrap();
        let ended = "UPDATE sessions SET last_seen_at = 0";
        assert_eq!(house.place.run(ended).await, 1);
        let now = start + minute * Duration::from_secs(60);
        let mut purging = JoinSet::new();
        for server in 0..6 {
            let server = if server % 2 == 0 {
                one.clone()
            } else {
                other.clone()
            };
            purging.spawn(async move { server.purge(now).await.unwrap() });
        }
        let purged = purging.join_all().await;
        let purged: Vec<u64> = purged.into_iter().flatten().collect();
        assert_eq!(purged, [1], "in minute {minute}");
    }
    let wrong = start + Duration::from_secs(365 * 86_400);
    assert!(one.purge(wrong).await.unwrap().is_some());
    let right = start + Duration::from_secs(30 * 60);
    assert!(
        other.purge(right).await.unwrap().is_some(),
        "not a year later"
    );
}
