//! What the server makes of the environment it is started in: variables, `.env`, the umask.

use std::fs;

use super::start::{is_empty, refusal};
use crate::support::Process;

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_named_and_never_taken_for_unset() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _, process::Command};

    let folder = tempfile::tempdir().unwrap();
    for variable in ["REQIO_SECRET", "REQIO_PROJECT_ID", "ADDR", "DATABASE_URL"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command
            .current_dir(folder.path())
            .env_clear()
            .env("ADDR", "127.0.0.1:0")
            .env("SANDBOX_ADDR", "127.0.0.1:0");
        command.env(variable, OsStr::from_bytes(b"hush-hush-\xff-not-utf-8"));
        let ended = Process::start(command).refused();
        let line = ended.one_line();
        assert!(
            line.starts_with(variable) && !line.contains("hush-hush"),
            "{variable}: {line}"
        );
        is_empty(folder.path());
    }
}

#[test]
fn a_dot_env_with_a_mistake_is_named_and_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    for mistake in [
        "REQIO_SECRET=\"hush-hush",
        "REQIO SECRET=hush-hush",
        "hush-hush",
    ] {
        fs::write(folder.path().join(".env"), mistake).unwrap();
        let line = refusal(folder.path(), &[]);
        assert!(
            line.starts_with(".env ") && !line.contains("hush"),
            "{mistake:?}: {line}"
        );
    }
    fs::write(folder.path().join(".env"), "REQIO_PROJECT_ID=acme\n").unwrap();
    assert!(
        refusal(folder.path(), &[]).starts_with("REQIO_SECRET"),
        "what a .env says counts"
    );
    assert!(!folder.path().join("demo.db").exists());
}

#[test]
fn a_dot_env_in_a_folder_above_is_somebody_elses() {
    let above = tempfile::tempdir().unwrap();
    fs::write(above.path().join(".env"), "REQIO_PROJECT_ID=acme\n").unwrap();
    let folder = above.path().join("below");
    fs::create_dir(&folder).unwrap();
    Process::spawn(&folder, &[], &[]).origin();
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_may_read_the_database() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", "umask 022; exec \"$0\"", env!("CARGO_BIN_EXE_server")])
        .current_dir(folder.path())
        .env_clear()
        .env("ADDR", "127.0.0.1:0")
        .env("SANDBOX_ADDR", "127.0.0.1:0");
    let mut process = Process::start(command);
    process.origin();
    let mut files = 0;
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
        files += 1;
    }
    assert!(files > 0);
}

#[test]
fn an_address_without_https_that_others_reach_is_warned_of_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("REQIO_PROJECT_ID", "acme"),
        ("REQIO_SECRET", "a signing secret of more than 32 bytes"),
        ("PUBLIC_URL", "http://app.example.com"),
    ];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    process.until("WARN server::command_line: PUBLIC_URL: http://app.example.com is not https");
    process.origin();
}
