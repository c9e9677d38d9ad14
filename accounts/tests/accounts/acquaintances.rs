//! From where somebody is known, for how long, and how many such places there are.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, SystemTime},
};

use accounts::{Attempts, Standing, UserId};

use crate::support::{ADA, House, PASSWORD, ada, house, password, user};

const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const DAY: Duration = Duration::from_secs(86_400);
const EVE: &str = "eve@example.com";

/// Enough attempts that none is refused.
fn attempts(house: &House) -> Attempts {
    Attempts::per_minute(1_000.try_into().unwrap(), &house.accounts)
}

async fn sign_up(house: &House, email: &str, now: SystemTime) -> UserId {
    let signed_up = house.accounts.sign_up(user(email), None, now).await;
    signed_up.unwrap().user.id
}

async fn is_known(attempts: &Attempts, email: &str, now: SystemTime) -> bool {
    let counted = attempts.count(HOME, &email.parse().unwrap(), now).await;
    counted.unwrap() == Standing::Known
}

#[tokio::test]
async fn who_got_in_is_remembered_for_thirty_days() {
    let house = house().await;
    let attempts = attempts(&house);
    let now = SystemTime::now();
    let ada = sign_up(&house, ADA, now).await;
    assert!(!is_known(&attempts, ADA, now).await);
    attempts.remember(HOME, &ada, now).await.unwrap();
    house.accounts.purge(now).await.unwrap().unwrap();
    assert!(is_known(&attempts, ADA, now).await);
    assert!(!is_known(&attempts, EVE, now).await, "nobody else is");
    assert!(is_known(&attempts, ADA, now + 29 * DAY).await);
    assert!(!is_known(&attempts, ADA, now + 30 * DAY).await);
    let again = attempts.remember(HOME, &ada, now + 29 * DAY);
    again.await.unwrap();
    assert!(is_known(&attempts, ADA, now + 58 * DAY).await);
    assert!(
        !is_known(&attempts, ADA, now).await,
        "what a clock wrote that was ahead is no reason to let anybody in"
    );
}

#[tokio::test]
async fn what_is_remembered_has_a_bound_that_one_account_cannot_use_up() {
    let house = house().await;
    let attempts = attempts(&house);
    let now = SystemTime::now();
    let (ada, eve) = (
        sign_up(&house, ADA, now).await,
        sign_up(&house, EVE, now).await,
    );
    attempts.remember(HOME, &ada, now).await.unwrap();
    attempts.remember(HOME, &eve, now).await.unwrap();
    for network in 0..100_u32 {
        let later = now + Duration::from_secs(u64::from(network) + 1);
        let moved = attempts.remember(Ipv4Addr::from(network).into(), &eve, later);
        moved.await.unwrap();
    }
    assert!(is_known(&attempts, ADA, now).await);
    assert!(!is_known(&attempts, EVE, now).await, "8 were used since");
    let kept = "SELECT CAST(count(*) AS TEXT) FROM acquaintances";
    assert_eq!(house.place.ask(kept).await, "9");
    house.accounts.purge(now + 31 * DAY).await.unwrap();
    assert_eq!(house.place.ask(kept).await, "0", "and none stays");
}

#[tokio::test]
async fn who_got_in_by_a_password_that_was_changed_is_not_known_any_more() {
    let house = house().await;
    let attempts = attempts(&house);
    let now = SystemTime::now();
    let signed_up = house.accounts.sign_up(user(ADA), None, now).await.unwrap();
    let remembered = attempts.remember(HOME, &signed_up.user.id, now);
    remembered.await.unwrap();
    let (old, new) = (password(PASSWORD), password("battery staple"));
    let changed = house
        .accounts
        .change_password(&signed_up.session, old, new, now);
    assert!(changed.await.unwrap().is_some());
    assert!(!is_known(&attempts, ADA, now).await);
}

#[tokio::test]
async fn who_is_removed_is_remembered_nowhere() {
    let house = house().await;
    let attempts = attempts(&house);
    let now = SystemTime::now();
    house.accounts.add_demo_customer(ada(), now).await.unwrap();
    let found = house.accounts.find(&ADA.parse().unwrap()).await.unwrap();
    let id = found.unwrap().id;
    attempts.remember(HOME, &id, now).await.unwrap();
    house.accounts.remove_demo_customers().await.unwrap();
    let gone = attempts.remember(Ipv4Addr::LOCALHOST.into(), &id, now);
    gone.await.unwrap();
    let kept = "SELECT CAST(count(*) AS TEXT) FROM acquaintances";
    assert_eq!(house.place.ask(kept).await, "0");
}
