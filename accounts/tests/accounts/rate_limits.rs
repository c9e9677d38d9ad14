//! Rate limits: how many attempts there are, whose they are, and how they come back.

use std::{
    net::IpAddr,
    time::{Duration, SystemTime},
};

use accounts::{Accounts, Client, DeviceToken, Error, Mode};
use test_database::TestDatabase;

use crate::support::{ADA, HOME, PASSWORD, client, open, password, sign_in, sign_up, user};

/// Accounts with [`ADA`] among them, and her browser's device token.
async fn limited(limit: u32) -> (Accounts, DeviceToken, TestDatabase) {
    let database = TestDatabase::new();
    let accounts = open(&database, Mode::Real, limit).await;
    let device = sign_up(&accounts, ADA).await.device;
    (accounts, device, database)
}

/// What comes of a wrong password: refused as wrong, or only after so long.
async fn attempt(accounts: &Accounts, email: &str, client: &Client) -> Result<(), Duration> {
    let email = email.parse().unwrap();
    let refused = accounts
        .sign_in(&email, password("wrong"), client, SystemTime::now())
        .await;
    match refused.unwrap_err() {
        Error::InvalidCredentials => Ok(()),
        Error::TooManyAttempts(wait) => Err(wait),
        error => panic!("{error}"),
    }
}

/// The attempts out of 40 that were counted.
async fn counted(accounts: &Accounts, mut next: impl FnMut(u8) -> (String, Client)) -> u32 {
    let mut counted = 0;
    for number in 0..40 {
        let (email, client) = next(number);
        counted += u32::from(attempt(accounts, &email, &client).await.is_ok());
    }
    counted
}

/// As if so much time had passed.
async fn pass(database: &TestDatabase, time: Duration) {
    let microseconds = time.as_micros();
    let earlier = format!(
        "UPDATE rate_limits SET theoretical_arrival = theoretical_arrival - {microseconds}"
    );
    database.run(&earlier).await;
}

fn at(address: &str) -> Client {
    client(address.parse().unwrap())
}

#[tokio::test]
async fn one_client_has_so_many_attempts_a_minute_at_one_account() {
    let (accounts, _, database) = limited(3).await;
    for _ in 0..3 {
        attempt(&accounts, ADA, &client(HOME)).await.unwrap();
    }
    let wait = attempt(&accounts, ADA, &client(HOME)).await.unwrap_err();
    assert!(
        wait <= Duration::from_secs(20) && wait > Duration::from_secs(10),
        "{wait:?}"
    );
    let refused = sign_in(&accounts, PASSWORD, &client(HOME), SystemTime::now()).await;
    assert!(
        matches!(refused, Err(Error::TooManyAttempts(_))),
        "the right password counts too"
    );
    pass(&database, Duration::from_secs(20)).await;
    attempt(&accounts, ADA, &client(HOME)).await.unwrap();
    assert!(
        attempt(&accounts, ADA, &client(HOME)).await.is_err(),
        "one came back"
    );
}

#[tokio::test]
async fn one_client_has_six_times_as_many_at_all_accounts_together() {
    let (accounts, _, _database) = limited(2).await;
    let many_accounts = |number| (format!("user{number}@example.com"), client(HOME));
    assert_eq!(counted(&accounts, many_accounts).await, 12);
}

#[tokio::test]
async fn an_account_has_three_times_as_many_from_all_strangers_together() {
    let (accounts, _, _database) = limited(2).await;
    let many_clients = |number| (ADA.to_owned(), at(&format!("198.51.100.{number}")));
    assert_eq!(counted(&accounts, many_clients).await, 6);
}

#[tokio::test]
async fn an_ipv6_client_is_a_64_however_it_moves_about_in_it() {
    let (accounts, _, _database) = limited(2).await;
    let one_network = |number| (ADA.to_owned(), at(&format!("2001:db8::{number}")));
    assert_eq!(counted(&accounts, one_network).await, 2);
    attempt(&accounts, ADA, &at("2001:db8:0:1::1"))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_attack_on_an_account_does_not_keep_its_owners_browser_out() {
    let (accounts, device, _database) = limited(2).await;
    let attack = |number| (ADA.to_owned(), at(&format!("198.51.100.{number}")));
    assert_eq!(counted(&accounts, attack).await, 6);
    let owner = Client {
        device: Some(device.clone()),
        ..at("203.0.113.9")
    };
    let signed_in = sign_in(&accounts, PASSWORD, &owner, SystemTime::now())
        .await
        .unwrap();
    assert_eq!(
        signed_in.device.expose(),
        device.expose(),
        "the browser keeps its token"
    );
    attempt(&accounts, ADA, &owner).await.unwrap();
    assert!(
        attempt(&accounts, ADA, &owner).await.is_err(),
        "its attempts are counted too"
    );
}

#[tokio::test]
async fn a_device_counts_for_the_accounts_it_signed_in_to_and_for_no_other() {
    let (accounts, device, _database) = limited(2).await;
    let eve = sign_up(&accounts, "eve@example.com").await.device;
    for stranger in [eve, DeviceToken::from_cookie(&"0".repeat(64)).unwrap()] {
        let with_it = |number| {
            let device = Some(stranger.clone());
            (
                ADA.to_owned(),
                Client {
                    device,
                    ..at(&format!("198.51.100.{number}"))
                },
            )
        };
        counted(&accounts, with_it).await;
    }
    let refused = attempt(&accounts, ADA, &at("203.0.113.9")).await;
    assert!(refused.is_err(), "both were counted with the strangers");
    let owner = Client {
        device: Some(device),
        ..at("203.0.113.9")
    };
    attempt(&accounts, ADA, &owner).await.unwrap();
}

#[tokio::test]
async fn colleagues_behind_one_address_do_not_lock_each_other_out() {
    let (accounts, _, _database) = limited(10).await;
    for number in 0..10 {
        attempt(
            &accounts,
            &format!("colleague{number}@example.com"),
            &client(HOME),
        )
        .await
        .unwrap();
    }
    sign_in(&accounts, PASSWORD, &client(HOME), SystemTime::now())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_attempt_that_is_refused_is_counted_nowhere() {
    let (accounts, _, _database) = limited(1).await;
    attempt(&accounts, ADA, &client(HOME)).await.unwrap();
    for _ in 0..10 {
        assert!(attempt(&accounts, ADA, &client(HOME)).await.is_err());
    }
    attempt(&accounts, ADA, &at("198.51.100.1")).await.unwrap();
    attempt(&accounts, "eve@example.com", &client(HOME))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_client_makes_so_many_accounts_an_hour() {
    let (accounts, _, database) = limited(3).await;
    let sign_up = async |ip: IpAddr, number: u32| {
        let new = user(&format!("user{number}@example.com"));
        accounts.sign_up(new, &client(ip), SystemTime::now()).await
    };
    // Ada was the first from there.
    sign_up(HOME, 1).await.unwrap();
    sign_up(HOME, 2).await.unwrap();
    let refused = sign_up(HOME, 3).await.unwrap_err();
    assert!(matches!(refused, Error::TooManyAttempts(wait) if wait > Duration::from_secs(1_100)));
    sign_up([198, 51, 100, 1].into(), 3).await.unwrap();
    pass(&database, Duration::from_secs(20 * 60)).await;
    sign_up(HOME, 4).await.unwrap();
    assert!(sign_up(HOME, 5).await.is_err());
}

#[tokio::test]
async fn whoever_has_all_attempts_back_takes_up_no_room_and_nobody_gets_one_back_early() {
    let (accounts, _, database) = limited(1).await;
    attempt(&accounts, "eve@example.com", &client(HOME))
        .await
        .unwrap();
    let rows = async || {
        accounts.purge().await.unwrap();
        database
            .ask("SELECT CAST(count(*) AS TEXT) FROM rate_limits")
            .await
    };
    assert_eq!(rows().await, "4");
    assert!(
        attempt(&accounts, "eve@example.com", &client(HOME))
            .await
            .is_err()
    );
    pass(&database, Duration::from_secs(60)).await;
    assert_eq!(rows().await, "1", "a sign-up comes back in an hour");
    pass(&database, Duration::from_secs(3_600)).await;
    assert_eq!(rows().await, "0");
}

#[tokio::test]
async fn what_was_counted_while_the_clock_was_ahead_keeps_nobody_out() {
    let (accounts, _, database) = limited(1).await;
    attempt(&accounts, ADA, &client(HOME)).await.unwrap();
    database
        .run("UPDATE rate_limits SET theoretical_arrival = theoretical_arrival + 86400000000")
        .await;
    attempt(&accounts, ADA, &client(HOME)).await.unwrap();
    assert!(
        attempt(&accounts, ADA, &client(HOME)).await.is_err(),
        "it counts from now on"
    );
}

#[tokio::test]
async fn only_the_browsers_used_last_are_remembered() {
    let (accounts, first, database) = limited(100).await;
    let now = SystemTime::now();
    for later in 1..=10 {
        let now = now + later * Duration::from_secs(1);
        sign_in(&accounts, PASSWORD, &client(HOME), now)
            .await
            .unwrap();
    }
    assert_eq!(
        database
            .ask("SELECT CAST(count(*) AS TEXT) FROM devices")
            .await,
        "10"
    );
    let forgotten = Client {
        device: Some(first),
        ..client(HOME)
    };
    sign_in(
        &accounts,
        PASSWORD,
        &forgotten,
        now + Duration::from_secs(20),
    )
    .await
    .unwrap();
    database
        .run("UPDATE devices SET last_seen_at = last_seen_at - 401 * 86400")
        .await;
    accounts.purge().await.unwrap();
    assert_eq!(
        database
            .ask("SELECT CAST(count(*) AS TEXT) FROM devices")
            .await,
        "0"
    );
}
