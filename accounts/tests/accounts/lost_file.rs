//! The database's file deleted, moved or replaced under a running server: refused, not lost, and
//! well again with the file.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use accounts::{Accounts, Error};

use crate::support::{at, user};

async fn open(file: &Path) -> Accounts {
    crate::support::open(&at(file)).await
}

async fn sign_up(accounts: &Accounts, email: &str) -> Result<(), Error> {
    accounts
        .sign_up(user(email), None, SystemTime::now())
        .await
        .map(drop)
}

async fn knows(accounts: &Accounts, email: &str) -> bool {
    accounts
        .find(&email.parse().unwrap())
        .await
        .unwrap()
        .is_some()
}

/// The database and what SQLite keeps beside it.
fn files(database: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", database.display())))
}

fn rename(from: &Path, to: &Path) {
    for (from, to) in files(from).into_iter().zip(files(to)) {
        if from.exists() {
            fs::rename(from, to).unwrap();
        }
    }
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged_while_the_file_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let (database, away) = (
        folder.path().join("accounts.db"),
        folder.path().join("away.db"),
    );
    let accounts = open(&database).await;
    sign_up(&accounts, "before@example.com").await.unwrap();

    rename(&database, &away);
    assert!(matches!(
        sign_up(&accounts, "meanwhile@example.com").await,
        Err(Error::Database(_))
    ));
    assert!(matches!(
        accounts.find(&"before@example.com".parse().unwrap()).await,
        Err(Error::Database(_))
    ));
    assert!(
        matches!(
            accounts.check(SystemTime::now()).await,
            Err(Error::Database(_))
        ),
        "it must not say that it is well"
    );
    assert!(
        !database.exists(),
        "an empty database in its place would be worse than none"
    );

    rename(&away, &database);
    accounts.check(SystemTime::now()).await.unwrap();
    sign_up(&accounts, "after@example.com").await.unwrap();
    accounts.close().await;
    let reopened = open(&database).await;
    assert!(
        knows(&reopened, "before@example.com").await && knows(&reopened, "after@example.com").await
    );
    assert!(!knows(&reopened, "meanwhile@example.com").await);
}

#[tokio::test]
async fn a_backup_put_in_the_place_of_a_deleted_file_is_the_database_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let (database, backup) = (
        folder.path().join("accounts.db"),
        folder.path().join("backup.db"),
    );
    let earlier = open(&backup).await;
    sign_up(&earlier, "saved@example.com").await.unwrap();
    earlier.close().await;
    let accounts = open(&database).await;
    sign_up(&accounts, "lost@example.com").await.unwrap();

    for file in files(&database) {
        fs::remove_file(file).unwrap();
    }
    assert!(accounts.check(SystemTime::now()).await.is_err());
    fs::rename(&backup, &database).unwrap();
    accounts.check(SystemTime::now()).await.unwrap();
    assert!(
        knows(&accounts, "saved@example.com").await && !knows(&accounts, "lost@example.com").await
    );
    sign_up(&accounts, "after@example.com").await.unwrap();
    accounts.close().await;
    assert!(knows(&open(&database).await, "after@example.com").await);
}

#[tokio::test]
async fn a_file_replaced_between_two_calls_gets_no_write_meant_for_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let (database, other) = (
        folder.path().join("accounts.db"),
        folder.path().join("other.db"),
    );
    open(&other).await.close().await;
    let accounts = open(&database).await;
    sign_up(&accounts, "before@example.com").await.unwrap();
    rename(&database, &folder.path().join("away.db"));
    fs::rename(&other, &database).unwrap();
    assert!(!knows(&accounts, "before@example.com").await);
    sign_up(&accounts, "after@example.com").await.unwrap();
    accounts.close().await;
    assert!(knows(&open(&database).await, "after@example.com").await);
}
