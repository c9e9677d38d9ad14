//! Looking at a database: what is found, and that nothing is changed by it.

use std::{fs, time::SystemTime};

use accounts::{
    Accounts, DatabaseState, DemoCustomers::Admitted, Error, OpenError, SignedIn,
    Standing::Stranger,
};
use sqlx::{Connection as _, SqliteConnection};

use crate::support::{ADA, House, PASSWORD, ada, house, open, password, url};

#[tokio::test]
async fn a_database_is_looked_at_and_read_without_a_byte_of_it_changing() {
    let House { accounts, folder } = house().await;
    let now = SystemTime::now();
    let SignedIn { user, .. } = accounts.sign_up(ada(), None, now).await.unwrap();
    accounts.close().await;
    let file = folder.path().join("accounts.db");
    let before = fs::read(&file).unwrap();

    let found = Accounts::inspect(&url(&file)).await.unwrap();
    assert_eq!(found, DatabaseState::Ready);
    let reader = Accounts::open_to_read(&url(&file), Admitted).await.unwrap();
    let email = ADA.parse().unwrap();
    assert_eq!(reader.find(&email).await.unwrap(), Some(user));
    let refused = reader
        .sign_in(&email, password(PASSWORD), Stranger, None, now)
        .await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    reader.close().await;
    assert!(fs::read(&file).unwrap() == before, "it changed");
}

#[tokio::test]
async fn a_database_that_is_missing_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = url(&folder.path().join("accounts.db"));
    assert_eq!(
        Accounts::inspect(&url).await.unwrap(),
        DatabaseState::Missing
    );
    let read = Accounts::open_to_read(&url, Admitted).await;
    assert!(matches!(read, Err(OpenError::NotReady)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let nowhere = Accounts::inspect("sqlite:///nowhere/at/all/accounts.db").await;
    assert!(matches!(nowhere, Err(OpenError::Folder(_))), "{nowhere:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_server_is_left_alone() {
    let House { accounts, folder } = house().await;
    accounts.close().await;
    let url = url(&folder.path().join("accounts.db"));
    let mut newer = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of tomorrow', TRUE, x'00', 0)",
    )
    .execute(&mut newer)
    .await
    .unwrap();
    newer.close().await.unwrap();
    let found = Accounts::inspect(&url).await;
    assert!(matches!(found, Err(OpenError::Newer)), "{found:?}");
    let opened = Accounts::open(&url, Admitted).await;
    assert!(matches!(opened, Err(OpenError::Newer)), "{opened:?}");
    let read = Accounts::open_to_read(&url, Admitted).await;
    assert!(matches!(read, Err(OpenError::Newer)), "{read:?}");
}

#[tokio::test]
async fn users_and_sessions_of_the_first_version_are_there_after_an_upgrade() {
    let House { accounts, folder } = house().await;
    let now = SystemTime::now();
    let SignedIn { user, session } = accounts.sign_up(ada(), None, now).await.unwrap();
    accounts.close().await;
    let url = url(&folder.path().join("accounts.db"));
    let mut first = SqliteConnection::connect(&url).await.unwrap();
    // Back to what the first migration made.
    for undo in [
        "DROP TABLE health",
        "DELETE FROM _sqlx_migrations WHERE version > 1",
    ] {
        sqlx::query(undo).execute(&mut first).await.unwrap();
    }
    first.close().await.unwrap();
    assert_eq!(
        Accounts::inspect(&url).await.unwrap(),
        DatabaseState::Outdated
    );
    let read = Accounts::open_to_read(&url, Admitted).await;
    assert!(matches!(read, Err(OpenError::NotReady)), "{read:?}");

    let upgraded = Accounts::open(&url, Admitted).await.unwrap();
    assert_eq!(upgraded.resume(&session, now).await.unwrap(), Some(user));
    assert_eq!(Accounts::inspect(&url).await.unwrap(), DatabaseState::Ready);
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.db");
    open(&file).await.close().await;
    let read_only = format!("{}?mode=ro", url(&file));
    assert!(Accounts::open(&read_only, Admitted).await.is_err());
    assert!(
        Accounts::open("sqlite:///nowhere/at/all/accounts.db", Admitted)
            .await
            .is_err()
    );
}
