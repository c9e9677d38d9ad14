//! `server check`: the examination before the start.

use std::{fs, path::Path};

use serde_json::json;
use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};

use crate::support::{Process, Visitor};

const SECRET: &str = "a signing secret of more than 32 bytes";

#[test]
fn a_configuration_that_works_passes_item_by_item() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("dist")).unwrap();
    fs::write(folder.path().join("dist/index.html"), "").unwrap();
    let real = [("REQIO_PROJECT_ID", "acme"), ("REQIO_SECRET", SECRET)];
    for (variables, audience) in [(&[][..], "demo"), (&real, "acme")] {
        let ended = Process::spawn(folder.path(), variables, &["check"]).ended();
        assert_eq!(
            (ended.code, ended.stderr.as_str()),
            (Some(0), ""),
            "{}",
            ended.stdout
        );
        let lines = format!(
            "ok       DATABASE_URL: sqlite://demo.db\n\
             ok       a token was minted for https://reqio.app/p/{audience}\n"
        );
        assert_eq!(ended.stdout, lines);
    }
}

#[test]
fn what_would_not_work_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("DATABASE_URL", "sqlite:///nowhere/at/all.db")];
    let ended = Process::spawn(folder.path(), &variables, &["check"]).ended();
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stdout.starts_with("failed   DATABASE_URL: "),
        "{}",
        ended.stdout
    );
    assert!(
        ended
            .stdout
            .contains("\nwarning  the page is not built: run `cargo xtask build`")
    );
    assert_eq!(
        ended.stderr,
        "the server would not work with this configuration\n"
    );
}

/// Every user, as the rows stand.
async fn users(database: &Path) -> Vec<(String, bool)> {
    let options = SqliteConnectOptions::new().filename(database);
    let mut connection = options.connect().await.unwrap();
    sqlx::query_as("SELECT email, demo FROM users ORDER BY email")
        .fetch_all(&mut connection)
        .await
        .unwrap()
}

#[tokio::test]
async fn neither_check_nor_token_changes_the_database_of_a_server_that_runs() {
    let real = [("REQIO_PROJECT_ID", "acme"), ("REQIO_SECRET", SECRET)];
    let (sandbox, nothing) = (("TRUSTED_PROXY", "127.0.0.1"), ("SIGN_IN_LIMIT", "10"));
    for (running, shell) in [(real, [sandbox, nothing]), ([sandbox, nothing], real)] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Process::spawn(folder.path(), &running, &[]);
        let ada = Visitor::new(&server.origin());
        ada.sign_up("ada@example.com").await.ok();
        let database = folder.path().join("demo.db");
        let before = users(&database).await;

        for arguments in [&["check"][..], &["token", "--email", "ada@example.com"]] {
            Process::spawn(folder.path(), &shell, arguments).ended();
        }
        let scale = json!({ "email": "scale@acme.test", "password": "reqio-demo" });
        let status = if running == real { 401 } else { 200 };
        assert_eq!(ada.call("sign_in", scale).await.status, status);
        assert_eq!(users(&database).await, before);
    }
}

#[test]
fn check_leaves_no_database_behind() {
    let folder = tempfile::tempdir().unwrap();
    let check = Process::spawn(folder.path(), &[], &["check"]).ended();
    assert_eq!(check.code, Some(0), "{check:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_lost_configuration_is_found_out_before_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("PUBLIC_URL", "https://app.example.com"),
        ("TRUSTED_PROXY", "127.0.0.1"),
    ];
    let ended = Process::spawn(folder.path(), &variables, &["check"]).ended();
    let line = ended.one_line();
    assert!(
        line.starts_with("REQIO_PROJECT_ID and REQIO_SECRET are missing"),
        "{line}"
    );
}
