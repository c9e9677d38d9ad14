//! Two servers on one database: what happens on one is true on the other at once.

use std::time::SystemTime;

use accounts::{Billing, Error};
use reqio_identity::{Cents, Interval};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use test_database::TestDatabase;

use crate::support::{ADA, PASSWORD, password, server, sign_in, sign_up, until};

#[tokio::test]
async fn what_ends_or_changes_on_one_server_has_on_the_other() {
    let place = TestDatabase::in_postgres();
    let (one, other) = (server(&place.url).await, server(&place.url).await);
    let now = SystemTime::now();
    let signed_up = sign_up(&one, ADA).await.unwrap();
    let id = &signed_up.user.id;
    for round in 0..100 {
        let session = if round == 0 {
            signed_up.session.clone()
        } else {
            sign_in(&one, PASSWORD).await.unwrap().session
        };
        let billing = Billing {
            plan: format!("plan {round}"),
            amount: Cents::from(round),
            interval: Interval::Year,
        };
        one.change_billing(id, &billing).await.unwrap().unwrap();
        let seen = other.resume_unattended(&session, now).await.unwrap();
        assert_eq!(seen.unwrap().billing, billing);
        other.sign_out(&session).await.unwrap();
        assert_eq!(one.resume_unattended(&session, now).await.unwrap(), None);
    }
}

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
async fn an_older_server_goes_on_beside_a_newer_one() {
    let place = TestDatabase::in_postgres();
    let older = server(&place.url).await;
    let session = sign_up(&older, ADA).await.unwrap().session;
    let now = SystemTime::now();
    assert!(older.resume(&session, now).await.unwrap().is_some());
    // What a newer server's start does, while statements of the older one are prepared.
    place
        .run(
            "ALTER TABLE users ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
             ALTER TABLE sessions ADD COLUMN device TEXT;
             CREATE TABLE teams (id TEXT PRIMARY KEY);
             INSERT INTO _sqlx_migrations
             (version, description, success, checksum, execution_time)
             VALUES (9999, 'of tomorrow', TRUE, '', 0)",
        )
        .await;
    assert!(older.resume(&session, now).await.unwrap().is_some());
    let (old, new) = (password(PASSWORD), password("battery staple"));
    let changed = older.change_password(&session, old, new, now).await;
    let changed = changed.unwrap().unwrap();
    sign_up(&older, "bob@example.com").await.unwrap();
    sign_in(&older, "battery staple").await.unwrap();
    older.sign_out(&changed.session).await.unwrap();
    let ended = older.resume(&changed.session, now).await.unwrap();
    assert_eq!(ended, None);
    older.purge_sessions(now).await.unwrap();
    older.check(now).await.unwrap();
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
