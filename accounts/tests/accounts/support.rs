//! What every test needs: a database of its own, and somebody to put into it.

use std::{path::Path, time::SystemTime};

use accounts::{
    Accounts, Billing, DemoCustomers, Error, NewUser, Password, SessionToken, SignedIn, Standing,
};
use reqio_identity::{Cents, Interval};
use tempfile::TempDir;

/// What [`ada`] signs in with.
pub(crate) const PASSWORD: &str = "correct horse";
pub(crate) const ADA: &str = "ada@example.com";

/// Accounts in a folder that goes with them.
pub(crate) struct House {
    pub(crate) accounts: Accounts,
    pub(crate) folder: TempDir,
}

pub(crate) async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    House {
        accounts: open(&folder.path().join("accounts.db")).await,
        folder,
    }
}

/// The accounts in this file.
pub(crate) async fn open(file: &Path) -> Accounts {
    Accounts::open(&url(file), DemoCustomers::Admitted)
        .await
        .unwrap()
}

pub(crate) fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
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
