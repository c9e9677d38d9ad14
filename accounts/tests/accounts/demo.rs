//! What only a sandbox may have: demo customers, and plans that nobody pays for.

use std::time::SystemTime;

use accounts::{Accounts, Billing, Error, Mode, NewUser, SignedIn};
use reqio_identity::Interval;
use test_database::TestDatabase;

use crate::support::{ADA, HOME, PASSWORD, billing, client, open, password, sign_up, user};

const STELLA: &str = "scale@acme.test";

fn stella() -> NewUser {
    NewUser {
        billing: scale(),
        ..user(STELLA)
    }
}

fn scale() -> Billing {
    billing("scale", 99_000, Interval::Year)
}

async fn sign_in(accounts: &Accounts, email: &str) -> Result<SignedIn, Error> {
    let (email, now) = (email.parse().unwrap(), SystemTime::now());
    accounts
        .sign_in(&email, password(PASSWORD), &client(HOME), now)
        .await
}

#[tokio::test]
async fn whatever_the_table_holds_no_demo_customer_is_let_in_where_tokens_are_real() {
    let database = TestDatabase::new();
    let real = open(&database, Mode::Real, 10).await;
    let own = sign_up(&real, ADA).await;
    // Another server on the same database, without the variables of the first.
    let sandbox = open(&database, Mode::Sandbox, 10).await;
    let now = SystemTime::now();
    sandbox.add_demo_customer(stella(), now).await.unwrap();
    let session = sign_in(&sandbox, STELLA).await.unwrap().session;

    let refused = sign_in(&real, STELLA).await;
    assert!(
        matches!(refused, Err(Error::InvalidCredentials)),
        "{refused:?}"
    );
    assert_eq!(real.resume(&session, now).await.unwrap(), None);
    assert_eq!(real.resume_unattended(&session, now).await.unwrap(), None);
    assert_eq!(real.find(&STELLA.parse().unwrap()).await.unwrap(), None);
    assert_eq!(
        real.resume(&own.session, now).await.unwrap(),
        Some(own.user)
    );
}

#[tokio::test]
async fn demo_customers_start_with_their_own_plan_whatever_they_chose_before() {
    let database = TestDatabase::new();
    let sandbox = open(&database, Mode::Sandbox, 10).await;
    let now = SystemTime::now();
    sandbox.add_demo_customer(stella(), now).await.unwrap();
    let SignedIn { user, session, .. } = sign_in(&sandbox, STELLA).await.unwrap();
    assert_eq!(user.billing, scale());
    sandbox
        .change_billing(&user.id, &Billing::free())
        .await
        .unwrap()
        .unwrap();
    sandbox.close().await;

    let restarted = open(&database, Mode::Sandbox, 10).await;
    restarted.add_demo_customer(stella(), now).await.unwrap();
    assert_eq!(restarted.resume(&session, now).await.unwrap(), Some(user));
}

#[tokio::test]
async fn a_plan_chosen_in_a_sandbox_is_free_with_a_real_project_at_every_moment() {
    let database = TestDatabase::new();
    // Both run at the same time.
    let real = open(&database, Mode::Real, 10).await;
    let sandbox = open(&database, Mode::Sandbox, 10).await;
    let SignedIn { user, session, .. } = sign_up(&real, ADA).await;
    sandbox
        .change_billing(&user.id, &scale())
        .await
        .unwrap()
        .unwrap();
    let now = SystemTime::now();
    let seen = real
        .resume_unattended(&session, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.billing, Billing::free());
    let seen = sandbox
        .resume_unattended(&session, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.billing, scale());

    let paid = real
        .change_billing(&user.id, &scale())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(paid.billing, scale());
    let seen = real
        .resume_unattended(&session, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.billing, scale());
}

#[tokio::test]
async fn a_user_who_has_the_email_of_a_demo_customer_keeps_it() {
    let database = TestDatabase::new();
    let own = sign_up(&open(&database, Mode::Real, 10).await, STELLA).await;
    let sandbox = open(&database, Mode::Sandbox, 10).await;
    sandbox
        .add_demo_customer(stella(), SystemTime::now())
        .await
        .unwrap();
    let found = sandbox.find(&STELLA.parse().unwrap()).await.unwrap();
    assert_eq!(found, Some(own.user));
}
