//! A disk without room: 503, nobody taken for signed in, and all is well once there is room again.
#![cfg(target_os = "linux")]

use std::{path::Path, process::Command};

use serde_json::json;

use crate::support::{
    Process, Visitor,
    load::{assert_unavailable, until},
};

/// A server process that a shell prepares by these commands.
fn spawn_after(commands: &str, folder: &Path, addr: &str) -> Process {
    let mut command = Command::new("sh");
    let run = format!("{commands}; exec \"$0\"");
    command.args(["-c", &run, env!("CARGO_BIN_EXE_server")]);
    command.current_dir(folder);
    command.env("ADDR", addr).env("SANDBOX_ADDR", "127.0.0.1:0");
    Process::start(command)
}

#[tokio::test]
async fn a_full_disk_is_said_to_be_unavailable_until_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    // A limit on the size of files stands for the full disk. Its signal would end the process,
    // which no full disk does.
    let mut process = spawn_after("trap '' XFSZ", folder.path(), "127.0.0.1:0");
    let origin = process.origin();
    let (ada, stranger) = (Visitor::new(&origin), Visitor::new(&origin));
    ada.sign_up("ada@example.com").await.ok();

    let limit_files = |bytes: &str| {
        let mut prlimit = Command::new("prlimit");
        prlimit.args(["--pid", &process.id().to_string()]);
        prlimit.arg(format!("--fsize={bytes}:"));
        assert!(prlimit.status().unwrap().success());
    };
    limit_files("0");
    until("that it is not ready", async || {
        ada.get("/readyz").await.status == 503
    })
    .await;
    assert_eq!(ada.get("/healthz").await.status, 200, "it lives");
    let change = json!({ "plan": "scale", "interval": "year" });
    let demo = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
    for refused in [
        ada.call("change_plan", change).await,
        stranger.sign_up("bob@example.com").await,
        stranger.call("sign_in", demo).await,
    ] {
        assert_unavailable(&refused);
        assert_eq!(refused.header("set-cookie"), None);
        for internal in ["SQL", "disk", "database", ".db"] {
            assert!(!refused.text().contains(internal), "{}", refused.text());
        }
    }
    assert_eq!(
        ada.user().await["email"],
        "ada@example.com",
        "reading goes on"
    );

    limit_files("unlimited");
    ada.until_ready().await;
    // Nothing that was refused has happened.
    assert_eq!(ada.user().await["plan"], "free");
    assert!(stranger.user().await.is_null());
    stranger.sign_up("bob@example.com").await.ok();
    let change = json!({ "plan": "pro", "interval": "month" });
    assert_eq!(ada.call("change_plan", change).await.ok()["plan"], "pro");
}

#[tokio::test]
async fn a_log_that_cannot_be_written_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let addr = test_database::own_addr().unwrap().to_string();
    let mut process = spawn_after("exec 2> /dev/full", folder.path(), &addr);
    process.until("Open ");
    let ada = Visitor::new(&format!("http://{addr}"));
    ada.sign_up("ada@example.com").await.ok();
    assert_eq!(ada.get("/healthz").await.status, 200);
}
