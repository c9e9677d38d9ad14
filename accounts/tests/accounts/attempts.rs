//! How many attempts there are, whose they are, and how they come back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use accounts::{Attempts, Error, Standing};

use crate::support::{ADA, House, ada, house};

/// A moment, in seconds after all of this begins.
fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

fn attempts(limit: u32, house: &House) -> Attempts {
    Attempts::per_minute(limit.try_into().unwrap(), &house.accounts)
}

/// The standing of an attempt that was counted, or how long to wait.
async fn count(
    attempts: &Attempts,
    address: &str,
    account: &str,
    now: SystemTime,
) -> Result<Standing, Duration> {
    let (address, account) = (address.parse().unwrap(), account.parse().unwrap());
    waits(attempts.count(address, &account, now).await)
}

fn waits<T>(counted: Result<T, Error>) -> Result<T, Duration> {
    counted.map_err(|error| match error {
        Error::TooManyAttempts(wait) => wait,
        error => panic!("{error}"),
    })
}

#[tokio::test]
async fn the_attempt_after_the_last_says_how_long_to_wait() {
    let house = house().await;
    let attempts = attempts(3, &house);
    let count = async |now| count(&attempts, "192.0.2.1", ADA, now).await;
    for _ in 0..3 {
        count(at(0)).await.unwrap();
    }
    assert_eq!(count(at(5)).await, Err(Duration::from_secs(15)));
    assert_eq!(count(at(19)).await, Err(Duration::from_secs(1)));
    count(at(20)).await.unwrap();
    assert_eq!(count(at(20)).await, Err(Duration::from_secs(20)));
    for _ in 0..3 {
        count(at(80)).await.unwrap();
    }
    assert!(count(at(80)).await.is_err(), "three are all there are");
}

#[tokio::test]
async fn an_account_is_counted_across_addresses_and_an_address_across_accounts() {
    let house = house().await;
    let attempts = attempts(2, &house);
    let count = async |address, account| count(&attempts, address, account, at(0)).await;
    count("192.0.2.1", ADA).await.unwrap();
    count("192.0.2.2", ADA).await.unwrap();
    assert!(count("192.0.2.3", ADA).await.is_err());
    count("192.0.2.1", "bob@example.com").await.unwrap();
    assert!(count("192.0.2.1", "cy@example.com").await.is_err());
}

#[tokio::test]
async fn an_attempt_that_is_refused_is_counted_nowhere() {
    let house = house().await;
    let attempts = attempts(2, &house);
    let count = async |address, account| count(&attempts, address, account, at(0)).await;
    count("192.0.2.1", "bob@example.com").await.unwrap();
    count("192.0.2.1", "bob@example.com").await.unwrap();
    for _ in 0..10 {
        assert!(count("192.0.2.1", ADA).await.is_err());
        assert!(count("192.0.2.2", "bob@example.com").await.is_err());
    }
    count("192.0.2.2", ADA).await.unwrap();
    count("192.0.2.2", ADA).await.unwrap();
}

#[tokio::test]
async fn an_attack_on_an_account_keeps_its_owner_out_of_nothing() {
    let house = house().await;
    let attempts = attempts(2, &house);
    let signed_up = house.accounts.sign_up(ada(), None, at(0)).await.unwrap();
    let home = "192.0.2.1".parse().unwrap();
    let remembered = attempts.remember(home, &signed_up.user.id, at(0)).await;
    remembered.unwrap();
    let count = async |address: &str| count(&attempts, address, ADA, at(0)).await;
    for stranger in 1..50 {
        let counted = count(&format!("198.51.100.{stranger}")).await;
        assert_eq!(counted.ok(), (stranger <= 2).then_some(Standing::Stranger));
    }
    for _ in 0..2 {
        assert_eq!(count("192.0.2.1").await, Ok(Standing::Known));
    }
    assert!(
        count("192.0.2.1").await.is_err(),
        "the owner's attempts are counted too"
    );
    let eve = "eve@example.com".parse().unwrap();
    let others = attempts.count(home, &eve, at(0)).await;
    assert!(waits(others).is_err(), "and others from there with them");
}

#[tokio::test]
async fn who_has_all_attempts_back_takes_up_no_room() {
    let house = house().await;
    let attempts = attempts(10, &house);
    for site in 0..300_u32 {
        let address = std::net::Ipv4Addr::from(site * 256).to_string();
        let account = format!("user{site}@example.com");
        count(&attempts, &address, &account, at(0)).await.unwrap();
    }
    let (address, account) = ("2001:db8::1".parse().unwrap(), ADA.parse().unwrap());
    let sign_up = attempts.count_sign_up(address, &account, at(0));
    sign_up.await.unwrap();
    let kept = async |now| {
        house.accounts.purge(now).await.unwrap().unwrap();
        let count = "SELECT CAST(count(*) AS TEXT) FROM attempts";
        house.place.ask(count).await
    };
    // 300 accounts, clients and sites and 2 providers, and 7 counters of who signs up.
    assert_eq!(kept(at(0)).await, "909");
    // 10 new accounts an hour are one in 6 minutes.
    assert_eq!(kept(at(60)).await, "1");
    assert_eq!(kept(at(6 * 60)).await, "0");
}

#[tokio::test]
async fn keeping_house_gives_nobody_an_attempt_back() {
    let house = house().await;
    let attempts = attempts(1, &house);
    let account = ADA.parse().unwrap();
    let sign_up = async || {
        let counted = attempts.count_sign_up("192.0.2.1".parse().unwrap(), &account, at(0));
        waits(counted.await)
    };
    sign_up().await.unwrap();
    house.accounts.purge(at(0)).await.unwrap().unwrap();
    assert_eq!(sign_up().await, Err(Duration::from_secs(3_600)));
}

#[tokio::test]
async fn what_was_counted_while_a_clock_was_ahead_keeps_nobody_out() {
    let house = house().await;
    let attempts = attempts(1, &house);
    let count = async |now| count(&attempts, "192.0.2.1", ADA, now).await;
    let wrong = at(365 * 86_400);
    count(wrong).await.unwrap();
    count(at(0)).await.unwrap();
    assert!(count(at(0)).await.is_err(), "it counts from now on");
    count(wrong).await.unwrap();
    house.accounts.purge(at(60)).await.unwrap();
    let left = "SELECT CAST(count(*) AS TEXT) FROM attempts";
    assert_eq!(house.place.ask(left).await, "0");
}

#[tokio::test]
async fn moving_about_in_an_ipv6_network_gives_no_new_attempts() {
    let house = house().await;
    let attempts = attempts(1, &house);
    let count = async |address, account| count(&attempts, address, account, at(0)).await;
    count("2001:db8::1", ADA).await.unwrap();
    assert!(count("2001:db8::2", "bob@example.com").await.is_err());
    count("2001:db8:0:1::1", "cy@example.com").await.unwrap();
    count("192.0.2.1", "dee@example.com").await.unwrap();
    assert!(
        count("::ffff:192.0.2.1", "eve@example.com").await.is_err(),
        "the same address, written otherwise"
    );
}

#[tokio::test]
async fn many_networks_of_one_site_or_provider_give_a_few_more_attempts_and_no_more() {
    let house = house().await;
    let attempts = attempts(2, &house);
    let admitted = async |minute: u64, address: fn(u32) -> String| {
        let mut admitted = 0;
        for number in 0..1_000 {
            let (address, account) = (address(number), format!("user{number}@example.com"));
            let counted = count(&attempts, &address, &account, at(minute * 60)).await;
            admitted += u32::from(counted.is_ok());
        }
        admitted
    };
    // 65,536 clients of one /48, and 65,536 sites of one /32.
    let clients = admitted(0, |number| format!("2001:db8:1:{number:x}::1"));
    assert_eq!(clients.await, 16);
    let sites = admitted(1, |number| format!("2001:db8:{number:x}::1"));
    assert_eq!(sites.await, 128);
    let clients = admitted(2, |number| format!("192.0.2.{}", number % 256));
    assert_eq!(clients.await, 16);
    let sites = admitted(3, |number| format!("192.0.{}.1", number % 256));
    assert_eq!(sites.await, 128);
}

#[tokio::test]
async fn a_network_whose_clients_are_all_known_has_no_more_attempts_than_one_of_strangers() {
    let house = house().await;
    let attempts = attempts(2, &house);
    let signed_up = house.accounts.sign_up(ada(), None, at(0)).await.unwrap();
    let ada = signed_up.user.id;
    let mut admitted = 0;
    for number in 0..100 {
        let address = format!("192.0.2.{number}");
        // Each a little later than the last: those used last are remembered.
        let known = attempts.remember(address.parse().unwrap(), &ada, at(number));
        known.await.unwrap();
        let counted = count(&attempts, &address, ADA, at(0)).await;
        admitted += u32::from(counted == Ok(Standing::Known));
    }
    assert_eq!(admitted, 16);
}

#[tokio::test]
async fn an_address_creates_so_many_accounts_an_hour_and_no_more() {
    let house = house().await;
    let attempts = attempts(3, &house);
    let sign_up = async |address: &str, number: u32, now| {
        let account = format!("user{number}@example.com").parse().unwrap();
        let counted = attempts.count_sign_up(address.parse().unwrap(), &account, now);
        waits(counted.await)
    };
    for number in 0..3 {
        sign_up("192.0.2.1", number, at(0)).await.unwrap();
    }
    let wait = Duration::from_secs(20 * 60 - 60);
    assert_eq!(sign_up("192.0.2.1", 4, at(60)).await, Err(wait));
    sign_up("192.0.2.2", 4, at(60)).await.unwrap();
    sign_up("192.0.2.1", 5, at(20 * 60)).await.unwrap();
}
