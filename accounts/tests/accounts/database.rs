//! Which databases are taken, and that nobody else's is changed.

use std::{fs, num::NonZeroU32, path::Path, time::SystemTime};

use accounts::{Accounts, DatabaseUrl, Error, Mode, OpenError};
use sqlx::{Connection as _, SqliteConnection};
use test_database::TestDatabase;

use crate::support::{ADA, HOME, PASSWORD, client, new_accounts, open, sign_in, sign_up, url};

fn file(path: &Path) -> DatabaseUrl {
    format!("sqlite://{}", path.display()).parse().unwrap()
}

async fn start(url: &DatabaseUrl) -> Result<Accounts, OpenError> {
    Accounts::open(url, Mode::Sandbox, NonZeroU32::MIN).await
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_not_a_byte_of_it_changed() {
    for tables in [
        "CREATE TABLE users (id BIGINT)",
        "CREATE TABLE notes (id BIGINT)",
        "CREATE VIEW notes AS SELECT 1 AS id",
        // Another project that uses sqlx too, or another version of this one.
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
           installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
           checksum TEXT NOT NULL, execution_time BIGINT NOT NULL);
         INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
           VALUES (1, 'accounts', TRUE, 'another', 1)",
    ] {
        let database = TestDatabase::new();
        if database.url.starts_with("sqlite") {
            fs::write(database.file(), "").unwrap();
        }
        database.run(tables).await;
        let before = database.bytes();
        for refused in [
            start(&url(&database)).await.map(drop),
            Accounts::check(&url(&database)).await,
        ] {
            assert!(matches!(refused, Err(OpenError::NotOurs)), "{refused:?}");
        }
        assert!(database.bytes() == before, "it changed");
    }
}

#[tokio::test]
async fn a_database_is_checked_and_read_without_a_byte_of_it_changing() {
    let (accounts, database) = new_accounts().await;
    let user = sign_up(&accounts, ADA).await.user;
    accounts.close().await;
    let before = database.bytes();
    Accounts::check(&url(&database)).await.unwrap();
    let reader = Accounts::open_read_only(&url(&database), Mode::Real).await;
    let found = reader.unwrap().find(&ADA.parse().unwrap()).await;
    assert_eq!(found.unwrap(), Some(user));
    assert!(database.bytes() == before, "it changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_of_what_is_no_session_waits_for_no_writer() {
    let database = TestDatabase::in_a_file();
    let accounts = open(&database, Mode::Real, 10).await;
    let ended = sign_up(&accounts, ADA).await.session;
    accounts.sign_out(&ended, None).await.unwrap();
    let now = SystemTime::now();
    let signed_in = sign_in(&accounts, PASSWORD, &client(HOME), now).await;
    let live = signed_in.unwrap().session;
    let mut other = SqliteConnection::connect(&database.url).await.unwrap();
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert!(!accounts.sign_out(&ended, None).await.unwrap());
    let refused = accounts.sign_out(&live, None).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    lock.rollback().await.unwrap();
}

#[tokio::test]
async fn a_check_says_whether_a_missing_file_could_be_made_and_does_not_make_it() {
    let folder = tempfile::tempdir().unwrap();
    let missing = file(&folder.path().join("accounts.db"));
    Accounts::check(&missing).await.unwrap();
    let read = Accounts::open_read_only(&missing, Mode::Real).await;
    assert!(matches!(read, Err(OpenError::Empty)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let a_file = folder.path().join("file");
    fs::write(&a_file, "").unwrap();
    // A folder that nobody can write to, not even root.
    for nowhere in [
        Path::new("/nowhere/at/all"),
        &a_file,
        Path::new("/proc/self"),
    ] {
        let url = file(&nowhere.join("accounts.db"));
        for refused in [Accounts::check(&url).await, start(&url).await.map(drop)] {
            assert!(
                matches!(refused, Err(OpenError::Folder { .. })),
                "{refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_no_database_at_all_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.db");
    fs::write(&path, "Dear diary, this is no database. ".repeat(100)).unwrap();
    for refused in [
        Accounts::check(&file(&path)).await,
        start(&file(&path)).await.map(drop),
    ] {
        assert!(
            matches!(refused, Err(OpenError::Database(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_file_may_have_any_name_and_a_start_finds_what_a_check_found() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["my data.db", "a#b.db", "größe.db", "100%.db", "no-ending"] {
        let url = file(&folder.path().join(name));
        Accounts::check(&url).await.unwrap();
        start(&url).await.unwrap().close().await;
        Accounts::check(&url).await.unwrap();
    }
    // As a shell has it that read a file from Windows.
    let url = format!("sqlite://{}\r", folder.path().join("windows.db").display());
    start(&url.parse().unwrap()).await.unwrap();
    assert!(folder.path().join("windows.db").exists());
    assert!(!folder.path().join("windows.db\r").exists());
}
