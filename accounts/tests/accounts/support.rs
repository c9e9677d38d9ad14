//! What every test needs: a database of its own, and somebody to put into it.

use std::{path::Path, time::SystemTime};

use accounts::{
    Accounts, Billing, DatabaseSettings, DatabaseUrl, DemoCustomers, Error, NewUser, Password,
    SessionToken, SignedIn, Standing,
};
use reqio_identity::{Cents, Interval};
use test_database::TestDatabase;

/// What [`ada`] signs in with.
pub(crate) const PASSWORD: &str = "correct horse";
pub(crate) const ADA: &str = "ada@example.com";

/// Accounts, in a database that goes with them.
pub(crate) struct House {
    pub(crate) accounts: Accounts,
    pub(crate) place: TestDatabase,
}

/// On the engine that the tests run on.
pub(crate) async fn house() -> House {
    let place = TestDatabase::new();
    House {
        accounts: open(&settings(&place)).await,
        place,
    }
}

/// The accounts in this database.
pub(crate) async fn open(settings: &DatabaseSettings) -> Accounts {
    Accounts::open(settings, DemoCustomers::Admitted)
        .await
        .unwrap()
}

/// What the accounts are told of a database.
pub(crate) fn settings(place: &TestDatabase) -> DatabaseSettings {
    place.url.parse::<DatabaseUrl>().unwrap().into()
}

/// The database in this file.
pub(crate) fn at(file: &Path) -> DatabaseSettings {
    let url = format!("sqlite://{}", file.display());
    url.parse::<DatabaseUrl>().unwrap().into()
}

pub(crate) fn billing(plan: &str, cents: u32, interval: Interval) -> Billing {
    Billing {
        plan: plan.to_owned(),
        amount: Cents::from(cents),
        interval,
    }
}

pub(crate) fn ada() -> NewUser {
    user(ADA)
}

/// Somebody with this email and [`PASSWORD`].
pub(crate) fn user(email: &str) -> NewUser {
    NewUser {
        name: "Ada".parse().unwrap(),
        email: email.parse().unwrap(),
        password: password(PASSWORD),
        billing: billing("free", 0, Interval::Month),
    }
}

pub(crate) fn password(text: &str) -> Password {
    Password::enter(text.to_owned()).unwrap()
}

/// Signs in as [`ada`].
pub(crate) async fn sign_in(
    accounts: &Accounts,
    text: &str,
    replaced: Option<&SessionToken>,
    now: SystemTime,
) -> Result<SignedIn, Error> {
    accounts
        .sign_in(
            &ADA.parse().unwrap(),
            password(text),
            Standing::Stranger,
            replaced,
            now,
        )
        .await
}
