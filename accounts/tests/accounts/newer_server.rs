//! A newer server has changed the tables: who may go on with them, and who may not.

use std::time::SystemTime;

use accounts::{Accounts, DatabaseState, DemoCustomers::Admitted, OpenError, SessionToken};
use test_database::TestDatabase;

use crate::support::{House, PASSWORD, ada, house, open, password, settings, sign_in, user};

/// What the start of a newer server does, by a migration of this description.
async fn newer_server(place: &TestDatabase, description: &str) {
    let migration = format!(
        "ALTER TABLE users ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
         ALTER TABLE sessions ADD COLUMN device TEXT;
         CREATE TABLE teams (id TEXT PRIMARY KEY);
         INSERT INTO _sqlx_migrations
         (version, description, success, checksum, execution_time)
         VALUES (9999, '{description}', TRUE, '', 0)"
    );
    place.run(&migration).await;
}

/// All that a server does, on the session of somebody with [`PASSWORD`].
async fn works(older: &Accounts, session: &SessionToken, other: &str) {
    let now = SystemTime::now();
    assert!(older.resume(session, now).await.unwrap().is_some());
    let (old, new) = (password(PASSWORD), password("battery staple"));
    let changed = older.change_password(session, old, new, now).await;
    let changed = changed.unwrap().unwrap();
    let (old, new) = (password("battery staple"), password(PASSWORD));
    let changed = older.change_password(&changed.session, old, new, now).await;
    let changed = changed.unwrap().unwrap();
    older.sign_up(user(other), None, now).await.unwrap();
    sign_in(older, PASSWORD, None, now).await.unwrap();
    older.sign_out(&changed.session).await.unwrap();
    let ended = older.resume(&changed.session, now).await.unwrap();
    assert_eq!(ended, None);
    older.purge(now).await.unwrap();
    older.check(now).await.unwrap();
}

#[tokio::test]
async fn an_older_server_goes_on_beside_a_newer_one_and_starts_anew() {
    let House { accounts, place } = house().await;
    let now = SystemTime::now();
    let session = accounts.sign_up(ada(), None, now).await.unwrap().session;
    // Its statements are prepared.
    works(&accounts, &session, "bob@example.com").await;
    newer_server(&place, "of tomorrow, unbreaking").await;
    let session = sign_in(&accounts, PASSWORD, None, now).await;
    works(&accounts, &session.unwrap().session, "carol@example.com").await;
    let session = sign_in(&accounts, PASSWORD, None, now).await;
    accounts.close().await;

    let found = Accounts::inspect(&settings(&place)).await.unwrap();
    assert_eq!(found, DatabaseState::Ready);
    let read = Accounts::open_to_read(&settings(&place), Admitted).await;
    read.unwrap().close().await;
    let anew = open(&settings(&place)).await;
    works(&anew, &session.unwrap().session, "dan@example.com").await;
}

#[tokio::test]
async fn tables_of_a_newer_server_that_has_to_break_older_ones_are_left_alone() {
    let House { accounts, place } = house().await;
    accounts.close().await;
    newer_server(&place, "breaking sessions").await;
    let found = Accounts::inspect(&settings(&place)).await;
    assert!(matches!(found, Err(OpenError::Newer)), "{found:?}");
    let before = place.bytes();
    let opened = Accounts::open(&settings(&place), Admitted).await;
    assert!(matches!(opened, Err(OpenError::Newer)), "{opened:?}");
    let read = Accounts::open_to_read(&settings(&place), Admitted).await;
    assert!(matches!(read, Err(OpenError::Newer)), "{read:?}");
    assert!(place.bytes() == before, "it changed");
}
