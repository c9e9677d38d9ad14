//! Two servers on one database, and what one of them does in the middle of the other's work.

use std::time::SystemTime;

use accounts::Error;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use test_database::TestDatabase;

use crate::support::{ADA, PASSWORD, server, sign_in, sign_up, until};

#[tokio::test]
async fn a_sign_in_waits_for_a_password_that_is_being_changed_elsewhere() {
    let place = TestDatabase::in_postgres();
    let here = server(&place.url).await;
    let now = SystemTime::now();
    sign_up(&here, ADA).await.unwrap();
    // What a server does that changes the password: it was verified, and is written now.
    let mut elsewhere = PgConnection::connect(&place.url).await.unwrap();
    let mut change = elsewhere.begin().await.unwrap();
    let writes = "UPDATE users SET password_hash = 'another'; DELETE FROM sessions";
    sqlx::raw_sql(writes).execute(&mut *change).await.unwrap();

    let sign_in = tokio::spawn({
        let here = here.clone();
        async move { sign_in(&here, PASSWORD).await }
    });
    let waiting = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("that the sign-in waits, or is over", async || {
        sign_in.is_finished() || place.ask(waiting).await == "1"
    })
    .await;
    change.commit().await.unwrap();

    match sign_in.await.unwrap() {
        Ok(signed_in) => {
            let resumed = here.resume(&signed_in.session, now).await.unwrap();
            assert_eq!(resumed, None, "the old password opened a session");
        }
        // The stored hash is no hash: the second look cannot read it.
        Err(error) => assert!(
            matches!(error, Error::Hashing(_) | Error::InvalidCredentials),
            "{error}"
        ),
    }
}

#[tokio::test]
async fn a_statement_that_waits_too_long_is_given_up_on_both_sides() {
    let place = TestDatabase::in_postgres();
    let mut settings = crate::support::settings(&place.url);
    settings.time_limit = std::time::Duration::from_secs(1);
    let opening = accounts::Accounts::open(&settings, accounts::DemoCustomers::Refused);
    let here = opening.await.unwrap();
    let session = sign_up(&here, ADA).await.unwrap().session;
    let mut elsewhere = PgConnection::connect(&place.url).await.unwrap();
    let mut lock = elsewhere.begin().await.unwrap();
    for table in ["users", "sessions"] {
        let statement = format!("LOCK TABLE {table} IN EXCLUSIVE MODE");
        let locked = sqlx::raw_sql(AssertSqlSafe(statement));
        locked.execute(&mut *lock).await.unwrap();
    }
    let now = SystemTime::now();
    assert!(here.resume(&session, now).await.unwrap().is_some());
    let refused = here.sign_out(&session).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    let waiting = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("that nothing waits any more", async || {
        place.ask(waiting).await == "0"
    })
    .await;
    lock.rollback().await.unwrap();
    assert!(here.resume(&session, now).await.unwrap().is_some());
    here.sign_out(&session).await.unwrap();
}
