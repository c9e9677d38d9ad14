//! What every test here needs: a database of PostgreSQL's, servers on it, and somebody to sign in.

use std::time::{Duration, SystemTime};

use accounts::{
    Accounts, Billing, DatabaseSettings, DatabaseUrl, DemoCustomers, Error, NewUser, Password,
    SignedIn, Standing,
};
use reqio_identity::{Cents, Interval};

pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse";
/// How long a test waits for something that must happen. Only one that fails waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn settings(url: &str) -> DatabaseSettings {
    url.parse::<DatabaseUrl>().unwrap().into()
}

/// One server's handle on the database.
pub(crate) async fn server(url: &str) -> Accounts {
    let settings = settings(url);
    let opening = Accounts::open(&settings, DemoCustomers::Refused);
    opening.await.unwrap()
}

pub(crate) fn password(text: &str) -> Password {
    Password::enter(text.to_owned()).unwrap()
}

pub(crate) fn user(email: &str) -> NewUser {
    NewUser {
        name: "Ada".parse().unwrap(),
        email: email.parse().unwrap(),
        password: password(PASSWORD),
        billing: Billing {
            plan: "free".to_owned(),
            amount: Cents::default(),
            interval: Interval::Month,
        },
    }
}

pub(crate) async fn sign_up(accounts: &Accounts, email: &str) -> Result<SignedIn, Error> {
    accounts.sign_up(user(email), None, SystemTime::now()).await
}

pub(crate) async fn sign_in(accounts: &Accounts, text: &str) -> Result<SignedIn, Error> {
    let (email, now) = (ADA.parse().unwrap(), SystemTime::now());
    let password = password(text);
    accounts
        .sign_in(&email, password, Standing::Stranger, None, now)
        .await
}

/// Asks until the answer is yes.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, asking).await;
    waited.unwrap_or_else(|_| panic!("{what} did not happen"));
}
