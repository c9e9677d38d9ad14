//! Demo customers: whose password everybody knows, and who must not be let in where tokens are real.

use std::time::SystemTime;

use accounts::{Accounts, DemoCustomers, Error, Standing::Stranger};

use crate::support::{ADA, ada, open, password, url, user};

const DEMO: &str = "pro@acme.test";

#[tokio::test]
async fn whatever_the_table_holds_no_demo_customer_is_let_in_where_tokens_are_real() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.db");
    let real = Accounts::open(&url(&file), DemoCustomers::Refused)
        .await
        .unwrap();
    let own = real.sign_up(ada(), None, SystemTime::now()).await.unwrap();
    // Another process on the same database, in a shell without the variables of the first.
    let sandbox = open(&file).await;
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
