//! Starting: several at once, and before the database is there.

use std::time::{Duration, SystemTime};

use accounts::{Accounts, DatabaseState, DemoCustomers::Refused, OpenError};
use test_database::{Postgres, TestDatabase};

use crate::support::{ADA, server, settings, sign_up};

#[tokio::test]
async fn of_servers_that_start_at_the_same_moment_one_makes_the_tables_and_all_serve() {
    for place in [TestDatabase::in_postgres(), TestDatabase::in_a_file()] {
        let settings = settings(&place.url);
        let start = || Accounts::open(&settings, Refused);
        let started = tokio::join!(start(), start(), start(), start(), start(), start());
        let (one, two, three, four, five, six) = started;
        for started in [one, two, three, four, five, six] {
            started.unwrap().check(SystemTime::now()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_database_that_may_only_be_read_is_refused() {
    let place = TestDatabase::in_postgres();
    server(&place.url).await.close().await;
    let found = Accounts::inspect(&settings(&place.url)).await.unwrap();
    assert_eq!(found, DatabaseState::Ready);
    let name = place.ask("SELECT current_database()::text").await;
    let copy = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    place.run(&copy).await;
    let found = Accounts::inspect(&settings(&place.url)).await;
    assert!(matches!(found, Err(OpenError::ReadOnly)), "{found:?}");
    assert!(
        Accounts::open(&settings(&place.url), Refused)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_database_that_is_not_made_or_not_there_is_refused_and_a_late_one_waited_for() {
    let mut postgres = Postgres::start().unwrap();
    let url = postgres.create_database().unwrap();
    let missing = settings(&format!("{url}-of-nobody"));
    let refused = Accounts::open(&missing, Refused).await;
    assert!(
        matches!(refused, Err(OpenError::Database(_))),
        "{refused:?}"
    );

    postgres.stop().unwrap();
    let mut hasty = settings(&url);
    hasty.patience = Duration::ZERO;
    let refused = Accounts::open(&hasty, Refused).await;
    assert!(
        matches!(refused, Err(OpenError::Database(_))),
        "{refused:?}"
    );

    let patient = settings(&url);
    let resuming = tokio::task::spawn_blocking(move || {
        postgres.resume().unwrap();
        postgres
    });
    let (started, resumed) = tokio::join!(Accounts::open(&patient, Refused), resuming);
    let (accounts, _postgres) = (started.unwrap(), resumed.unwrap());
    sign_up(&accounts, ADA).await.unwrap();
}
