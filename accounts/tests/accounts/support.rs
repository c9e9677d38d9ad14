//! What every test needs: a database of its own, and somebody to put into it.

use std::{
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    time::{Duration, SystemTime},
};

use accounts::{
    Accounts, Billing, Client, DatabaseUrl, Error, Mode, NewUser, Password, SessionToken, SignedIn,
};
use reqio_identity::{Cents, Interval};
use test_database::TestDatabase;

pub(crate) const ADA: &str = "ada@example.com";
/// What everybody here signs in with.
pub(crate) const PASSWORD: &str = "correct horse";
/// An address for whom it does not matter.
pub(crate) const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// Accounts in a new database. It is gone when the second is dropped.
pub(crate) async fn new_accounts() -> (Accounts, TestDatabase) {
    let database = TestDatabase::new();
    (open(&database, Mode::Sandbox, 1_000).await, database)
}

/// A server's accounts on this database.
pub(crate) async fn open(database: &TestDatabase, mode: Mode, limit: u32) -> Accounts {
    let limit = NonZeroU32::new(limit).unwrap();
    Accounts::open(&url(database), mode, limit).await.unwrap()
}

pub(crate) fn url(database: &TestDatabase) -> DatabaseUrl {
    database.url.parse().unwrap()
}

pub(crate) fn billing(plan: &str, cents: u32, interval: Interval) -> Billing {
    Billing {
        plan: plan.to_owned(),
        amount: Cents::from(cents),
        interval,
    }
}

/// Somebody with this email and [`PASSWORD`], on the free plan.
pub(crate) fn user(email: &str) -> NewUser {
    NewUser {
        name: "Ada".parse().unwrap(),
        email: email.parse().unwrap(),
        password: password(PASSWORD),
        billing: Billing::free(),
    }
}

pub(crate) fn password(text: &str) -> Password {
    Password::enter(text.to_owned()).unwrap()
}

/// A browser without cookies at this address.
pub(crate) fn client(ip: IpAddr) -> Client {
    Client {
        ip,
        device: None,
        session: None,
    }
}

/// Signs up with this email.
pub(crate) async fn sign_up(accounts: &Accounts, email: &str) -> SignedIn {
    accounts
        .sign_up(user(email), &client(HOME), SystemTime::now())
        .await
        .unwrap()
}

/// Signs in as [`ADA`].
pub(crate) async fn sign_in(
    accounts: &Accounts,
    text: &str,
    client: &Client,
    now: SystemTime,
) -> Result<SignedIn, Error> {
    accounts
        .sign_in(&ADA.parse().unwrap(), password(text), client, now)
        .await
}

/// Whether the session is live at `now`. Does not count as a use.
pub(crate) async fn is_live(accounts: &Accounts, session: &SessionToken, now: SystemTime) -> bool {
    accounts
        .resume_unattended(session, now)
        .await
        .unwrap()
        .is_some()
}

/// Waits until the answer is yes. Only a test that fails waits for a minute.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(60), asking).await;
    waited.unwrap_or_else(|_| panic!("{what}: did not happen"));
}
