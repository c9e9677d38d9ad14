//! A disk that is full, read-only or gone: 503, nobody taken for signed in, and everything back
//! with the disk.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use tempfile::TempDir;

use crate::support::{App, PATIENCE, Process, Visitor};

/// As many as the server has open at most.
const MOST_DATABASE_CONNECTIONS: usize = 8;

/// Everything that writes is refused and says so, `/readyz` included; the process lives on.
async fn cannot_be_written(visitor: &Visitor, stranger: &Visitor) {
    // Where the last answer was good, it stays so for the rest of its second.
    let health = async {
        loop {
            let health = visitor.get("/readyz").await;
            if health.status != 200 {
                break health;
            }
        }
    };
    let health = tokio::time::timeout(PATIENCE, health)
        .await
        .expect("/readyz to notice");
    assert_eq!(
        (health.status, health.text().as_str()),
        (503, "the database cannot be written to")
    );
    assert_eq!(visitor.get("/healthz").await.status, 200);
    for answer in [
        visitor
            .call(
                "change_plan",
                json!({ "plan": "scale", "interval": "year" }),
            )
            .await,
        stranger.sign_up("bob@example.com").await,
        stranger
            .call(
                "sign_in",
                json!({ "email": "pro@acme.test", "password": "reqio-demo" }),
            )
            .await,
    ] {
        assert_eq!(answer.error(), (503, "unavailable".into()));
        assert_eq!(
            (answer.header("retry-after"), answer.header("set-cookie")),
            (Some("5"), None)
        );
        for internal in ["SQL", "disk", "database", ".db"] {
            assert!(!answer.text().contains(internal), "{}", answer.text());
        }
    }
}

/// Everything works again, and nothing that was refused has happened after all.
async fn is_well(visitor: &Visitor, stranger: &Visitor) {
    visitor.until_ready().await;
    assert_eq!(visitor.user().await["plan"], "free");
    assert!(stranger.user().await.is_null());
    assert_eq!(stranger.sign_up("bob@example.com").await.status, 200);
    let changed = visitor
        .call("change_plan", json!({ "plan": "pro", "interval": "month" }))
        .await;
    assert_eq!(changed.ok()["plan"], "pro");
}

/// Moves the database away, with what SQLite keeps beside it, and says what that was.
fn move_to(away: &TempDir, database: &Path) -> Vec<PathBuf> {
    let names =
        ["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", database.display())));
    let moved: Vec<_> = names.into_iter().filter(|file| file.exists()).collect();
    moved
        .iter()
        .for_each(|file| fs::rename(file, away.path().join(file.file_name().unwrap())).unwrap());
    moved
}

fn move_back(away: &TempDir, moved: &[PathBuf]) {
    moved
        .iter()
        .for_each(|file| fs::rename(away.path().join(file.file_name().unwrap()), file).unwrap());
}

/// A server on which everything that the system enforces is enforced, whoever runs the tests: root
/// is held to no file mode while it has these two capabilities.
fn held_to_modes(folder: &Path) -> Process {
    let mut command = Command::new("setpriv");
    let root = fs::metadata("/proc/self").unwrap().uid() == 0;
    command
        .args(root.then_some("--bounding-set=-dac_override,-dac_read_search"))
        .arg("--no-new-privs");
    command
        .arg(env!("CARGO_BIN_EXE_server"))
        .current_dir(folder);
    command
        .env("ADDR", "127.0.0.1:0")
        .env("SANDBOX_ADDR", "127.0.0.1:0");
    Process::start(command)
}

#[tokio::test]
async fn a_full_disk_is_said_to_be_unavailable_until_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    // Without a handler the signal that goes with the limit would end the process, as no full disk
    // does.
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "trap '' XFSZ; exec \"$0\"",
            env!("CARGO_BIN_EXE_server"),
        ])
        .current_dir(folder.path());
    command
        .env("ADDR", "127.0.0.1:0")
        .env("SANDBOX_ADDR", "127.0.0.1:0");
    let mut process = Process::start(command);
    let origin = process.origin();
    let (ada, stranger) = (Visitor::new(&origin), Visitor::new(&origin));
    ada.sign_up("ada@example.com").await.ok();

    let room = |bytes: &str| {
        let limit = [
            "--pid",
            &process.id().to_string(),
            &format!("--fsize={bytes}:"),
        ];
        assert!(
            Command::new("prlimit")
                .args(limit)
                .status()
                .unwrap()
                .success()
        );
    };
    room("0");
    cannot_be_written(&ada, &stranger).await;
    assert_eq!(
        ada.user().await["email"],
        "ada@example.com",
        "reading goes on"
    );
    room("unlimited");
    is_well(&ada, &stranger).await;
}

#[tokio::test]
async fn a_log_that_cannot_be_written_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let addr = test_database::own_addr().unwrap().to_string();
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "exec \"$0\" 2> /dev/full",
            env!("CARGO_BIN_EXE_server"),
        ])
        .current_dir(folder.path());
    command
        .env("ADDR", &addr)
        .env("SANDBOX_ADDR", "127.0.0.1:0");
    let mut process = Process::start(command);
    process.until("Open ");
    let ada = Visitor::new(&format!("http://{addr}"));
    ada.sign_up("ada@example.com").await.ok();
    assert_eq!(ada.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_read_only_database_is_said_to_be_unavailable_until_it_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = held_to_modes(folder.path());
    let origin = process.origin();
    let (ada, stranger) = (Visitor::new(&origin), Visitor::new(&origin));
    ada.sign_up("ada@example.com").await.ok();
    let (database, away) = (folder.path().join("demo.db"), TempDir::new().unwrap());
    let mode = |mode| fs::set_permissions(&database, Permissions::from_mode(mode)).unwrap();
    // Whoever has a file open may write to it whatever its mode, so nobody may have it open.
    let moved = move_to(&away, &database);
    for _ in 0..MOST_DATABASE_CONNECTIONS {
        assert_eq!(ada.call("session", json!({})).await.status, 503);
    }
    move_back(&away, &moved);
    mode(0o444);
    cannot_be_written(&ada, &stranger).await;
    mode(0o644);
    is_well(&ada, &stranger).await;
}

#[tokio::test]
async fn a_database_that_is_gone_signs_nobody_in_and_comes_back_as_it_was() {
    let app = App::in_a_file().await;
    let (ada, stranger) = (app.visitor(), app.visitor());
    ada.sign_up("ada@example.com").await.ok();
    let away = TempDir::new().unwrap();
    let moved = move_to(&away, &app.database().file());
    cannot_be_written(&ada, &stranger).await;
    for endpoint in ["session", "identity_token", "sign_out"] {
        assert_eq!(
            ada.call(endpoint, json!({})).await.error(),
            (503, "unavailable".into()),
            "{endpoint}"
        );
    }
    assert_eq!(
        ada.get("/server-rendered").await.error(),
        (503, "unavailable".into())
    );
    assert!(
        stranger.user().await.is_null(),
        "who brings no session is a stranger all the same"
    );
    assert!(
        !app.database().file().exists(),
        "an empty database in its place would be worse than none"
    );

    move_back(&away, &moved);
    is_well(&ada, &stranger).await;
}
