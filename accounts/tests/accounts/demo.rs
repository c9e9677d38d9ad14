//! Demo customers: whose password everybody knows, and who must not be let in where tokens are
//! real.

use std::time::SystemTime;

use accounts::{Accounts, DemoCustomers, Error, Standing::Stranger};

use test_database::TestDatabase;

use crate::support::{ADA, House, ada, house, open, password, settings, user};

const DEMO: &str = "pro@acme.test";

#[tokio::test]
async fn whatever_the_table_holds_no_demo_customer_is_let_in_where_tokens_are_real() {
    let place = TestDatabase::new();
    let real = Accounts::open(&settings(&place), DemoCustomers::Refused)
        .await
        .unwrap();
    let own = real.sign_up(ada(), None, SystemTime::now()).await.unwrap();
    // Another process on the same database, in a shell without the variables of the first.
    let sandbox = open(&settings(&place)).await;
    let now = SystemTime::now();
    sandbox.add_demo_customer(user(DEMO), now).await.unwrap();
    let email = DEMO.parse().unwrap();
    let sign_in = async |accounts: &Accounts| {
        accounts
            .sign_in(&email, password("correct horse"), Stranger, None, now)
            .await
    };
    let session = sign_in(&sandbox).await.unwrap().session;

    let refused = sign_in(&real).await;
    assert!(
        matches!(refused, Err(Error::InvalidCredentials)),
        "{refused:?}"
    );
    assert_eq!(real.resume(&session, now).await.unwrap(), None);
    assert_eq!(real.resume_unattended(&session, now).await.unwrap(), None);
    assert_eq!(real.find(&email).await.unwrap(), None);
    let new = password("battery staple");
    let changed = real
        .change_password(&session, password("correct horse"), new, now)
        .await;
    assert!(changed.unwrap().is_none());
    assert!(real.resume(&own.session, now).await.unwrap().is_some());
    assert!(real.find(&ADA.parse().unwrap()).await.unwrap().is_some());
}

#[tokio::test]
async fn removing_demo_customers_ends_their_sessions_and_leaves_everybody_else() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let demo = user("pro@acme.test");
    accounts.add_demo_customer(demo.clone(), now).await.unwrap();
    accounts.add_demo_customer(demo, now).await.unwrap();
    let own = accounts.sign_up(ada(), None, now).await.unwrap().session;
    let email = "pro@acme.test".parse().unwrap();
    let known = accounts
        .sign_in(&email, password("correct horse"), Stranger, None, now)
        .await
        .unwrap()
        .session;

    assert_eq!(accounts.remove_demo_customers().await.unwrap(), 1);
    assert_eq!(accounts.resume(&known, now).await.unwrap(), None);
    assert!(accounts.resume(&own, now).await.unwrap().is_some());
}
