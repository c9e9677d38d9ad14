//! Looking at a database: what is found, and that nothing is changed by it.

use std::{fs, path::Path, time::SystemTime};

use accounts::{
    Accounts, DatabaseState, DatabaseUrl, DemoCustomers::Admitted, Error, OpenError, SignedIn,
    Standing::Stranger,
};

use crate::support::{ADA, House, PASSWORD, ada, at, house, open, password, settings};

#[tokio::test]
async fn a_database_is_looked_at_and_read_without_a_byte_of_it_changing() {
    let House { accounts, place } = house().await;
    let now = SystemTime::now();
    let SignedIn { user, .. } = accounts.sign_up(ada(), None, now).await.unwrap();
    accounts.close().await;
    let before = place.bytes();

    let found = Accounts::inspect(&settings(&place)).await.unwrap();
    assert_eq!(found, DatabaseState::Ready);
    let reader = Accounts::open_to_read(&settings(&place), Admitted)
        .await
        .unwrap();
    let email = ADA.parse().unwrap();
    assert_eq!(reader.find(&email).await.unwrap(), Some(user));
    let refused = reader
        .sign_in(&email, password(PASSWORD), Stranger, None, now)
        .await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    reader.close().await;
    assert!(place.bytes() == before, "it changed");
}

#[tokio::test]
async fn a_database_that_is_missing_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let settings = at(&folder.path().join("accounts.db"));
    assert_eq!(
        Accounts::inspect(&settings).await.unwrap(),
        DatabaseState::Missing
    );
    let read = Accounts::open_to_read(&settings, Admitted).await;
    assert!(matches!(read, Err(OpenError::NotReady)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let read_only = folder.path().join("read-only");
    fs::create_dir(&read_only).unwrap();
    let mut permissions = fs::metadata(&read_only).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&read_only, permissions).unwrap();
    for nowhere in [Path::new("/nowhere/at/all"), &file, &read_only] {
        let found = Accounts::inspect(&at(&nowhere.join("accounts.db"))).await;
        assert!(matches!(found, Err(OpenError::Folder(_))), "{found:?}");
    }
}

#[tokio::test]
async fn users_and_sessions_of_the_first_version_are_there_after_an_upgrade() {
    let House { accounts, place } = house().await;
    let now = SystemTime::now();
    let SignedIn { user, session } = accounts.sign_up(ada(), None, now).await.unwrap();
    accounts.close().await;
    // Back to what the first migration made.
    let undo = "DROP TABLE health; DROP TABLE attempts; DROP TABLE acquaintances;
                DROP TABLE housekeeping; ALTER TABLE users DROP COLUMN unpaid;
                DELETE FROM _sqlx_migrations WHERE version > 1";
    place.run(undo).await;
    assert_eq!(
        Accounts::inspect(&settings(&place)).await.unwrap(),
        DatabaseState::Outdated
    );
    let read = Accounts::open_to_read(&settings(&place), Admitted).await;
    assert!(matches!(read, Err(OpenError::NotReady)), "{read:?}");

    let upgraded = Accounts::open(&settings(&place), Admitted).await.unwrap();
    assert_eq!(upgraded.resume(&session, now).await.unwrap(), Some(user));
    assert_eq!(
        Accounts::inspect(&settings(&place)).await.unwrap(),
        DatabaseState::Ready
    );
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.db");
    open(&at(&file)).await.close().await;
    let read_only = format!("sqlite://{}?mode=ro", file.display());
    let read_only = read_only.parse::<DatabaseUrl>().unwrap().into();
    assert!(Accounts::open(&read_only, Admitted).await.is_err());
    assert!(Accounts::inspect(&read_only).await.is_err());
    let nowhere = at(Path::new("/nowhere/at/all/accounts.db"));
    assert!(Accounts::open(&nowhere, Admitted).await.is_err());
}
