//! A start that cannot work: one line that says why, and nothing left behind.

use std::{fs, net::TcpListener, path::Path};

use crate::support::{Process, own_addr};

const SECRET: &str = "hush-hush-this-is-the-signing-secret-of-acme";
const PROJECT: (&str, &str) = ("REQIO_PROJECT_ID", "acme");
const SIGNING_SECRET: (&str, &str) = ("REQIO_SECRET", SECRET);

/// What the server says when it refuses to start with these variables.
fn refusal(folder: &Path, variables: &[(&str, &str)]) -> String {
    Process::spawn(folder, variables, &[])
        .refused()
        .one_line()
        .to_owned()
}

#[track_caller]
fn is_empty(folder: &Path) {
    let left: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn a_wrong_variable_is_named_in_one_line_that_shows_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[(&str, &str)]); 26] = [
        ("REQIO_SECRET", &[PROJECT]),
        ("REQIO_SECRET", &[PROJECT, ("REQIO_SECRET", "")]),
        ("REQIO_PROJECT_ID", &[SIGNING_SECRET]),
        (
            "REQIO_PROJECT_ID",
            &[("REQIO_AUDIENCE", "https://reqio.app/p/acme")],
        ),
        (
            "REQIO_PROJECT_ID",
            &[("REQIO_WIDGET_URL", "https://reqio.app/widget.js")],
        ),
        ("REQIO_SECRET", &[PROJECT, ("REQIO_SECRET", "hush-hush-")]),
        (
            "REQIO_PROJECT_ID",
            &[
                ("REQIO_PROJECT_ID", "https://reqio.app/p/acme"),
                SIGNING_SECRET,
            ],
        ),
        (
            "REQIO_AUDIENCE",
            &[
                PROJECT,
                SIGNING_SECRET,
                ("REQIO_AUDIENCE", "https://reqio.app/p/other"),
            ],
        ),
        (
            "REQIO_AUDIENCE",
            &[
                PROJECT,
                SIGNING_SECRET,
                ("REQIO_AUDIENCE", "https://evil.test/p/acme"),
            ],
        ),
        (
            "REQIO_WIDGET_URL",
            &[
                PROJECT,
                SIGNING_SECRET,
                ("REQIO_WIDGET_URL", "http://reqio.app/widget.js"),
            ],
        ),
        ("ADDR", &[("ADDR", "3000")]),
        ("ADDR", &[("ADDR", "localhost:3000\nREQIO_SECRET")]),
        ("SANDBOX_ADDR", &[("SANDBOX_ADDR", "127.0.0.1:70000")]),
        ("PUBLIC_URL", &[("PUBLIC_URL", "localhost:3000")]),
        (
            "PUBLIC_URL",
            &[("PUBLIC_URL", "https://app.example.com/demo")],
        ),
        ("SIGN_IN_LIMIT", &[("SIGN_IN_LIMIT", "0")]),
        ("SIGN_IN_LIMIT", &[("SIGN_IN_LIMIT", "-1")]),
        ("TRUSTED_PROXY", &[("TRUSTED_PROXY", "localhost")]),
        ("TRUSTED_PROXY", &[("TRUSTED_PROXY", "10.0.0.0/8")]),
        (
            "TRUSTED_PROXY",
            &[
                PROJECT,
                SIGNING_SECRET,
                ("PUBLIC_URL", "https://app.example.com"),
            ],
        ),
        (
            "REQIO_PROJECT_ID",
            &[
                ("PUBLIC_URL", "https://app.example.com"),
                ("TRUSTED_PROXY", "127.0.0.1"),
            ],
        ),
        ("REQIO_PROJECT_ID", &[("ADDR", "0.0.0.0:0")]),
        ("SANDBOX_PUBLIC_URL", &[("SANDBOX_PUBLIC_URL", "sandbox")]),
        (
            "HSTS_INCLUDE_SUBDOMAINS",
            &[("HSTS_INCLUDE_SUBDOMAINS", "yes")],
        ),
        (
            "DATABASE_URL",
            &[("DATABASE_URL", "postgres://localhost/demo")],
        ),
        (
            "DATABASE_URL",
            &[("DATABASE_URL", "sqlite://app.db?mode=maybe")],
        ),
    ];
    for (variable, variables) in cases {
        let line = refusal(folder.path(), variables);
        assert!(line.starts_with(variable), "{variables:?}: {line}");
        assert!(!line.contains("hush-hush"), "{variables:?}: {line}");
        is_empty(folder.path());
    }
}

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
fn a_busy_port_is_named_before_any_database_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = busy.local_addr().unwrap().to_string();
    for variable in ["ADDR", "SANDBOX_ADDR"] {
        let line = refusal(folder.path(), &[(variable, &addr)]);
        assert!(line.starts_with(variable) && line.contains(&addr), "{line}");
        is_empty(folder.path());
    }
}

#[test]
fn a_database_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display();
    fs::write(folder.path().join("file"), "no folder").unwrap();
    fs::write(
        folder.path().join("garbage.db"),
        "this is no database, whatever its name says".repeat(100),
    )
    .unwrap();
    let mut good = Process::spawn(folder.path(), &[("DATABASE_URL", "sqlite://good.db")], &[]);
    good.origin();
    good.terminate();
    assert_eq!(good.ended().code, Some(0));
    for url in [
        format!("sqlite://{path}"),
        format!("sqlite://{path}/file/app.db"),
        format!("sqlite://{path}/missing/app.db"),
        format!("sqlite://{path}/garbage.db"),
        format!("sqlite://{path}/good.db?mode=ro"),
        format!("sqlite://{path}/new.db?mode=ro"),
    ] {
        let line = refusal(folder.path(), &[("DATABASE_URL", &url)]);
        assert!(
            line.starts_with("DATABASE_URL") && line.contains(&url),
            "{line}"
        );
    }
}

#[test]
fn a_start_that_fails_half_way_gives_its_port_back() {
    let folder = tempfile::tempdir().unwrap();
    let addr = own_addr();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let sandbox = busy.local_addr().unwrap().to_string();
    let line = refusal(
        folder.path(),
        &[("ADDR", &addr), ("SANDBOX_ADDR", &sandbox)],
    );
    assert!(line.starts_with("SANDBOX_ADDR"), "{line}");
    let line = refusal(
        folder.path(),
        &[("ADDR", &addr), ("DATABASE_URL", "sqlite://missing/app.db")],
    );
    assert!(line.starts_with("DATABASE_URL"), "{line}");
    let mut process = Process::spawn(folder.path(), &[("ADDR", &addr)], &[]);
    assert_eq!(process.origin(), format!("http://{addr}"));
}

#[test]
fn an_address_without_https_that_others_reach_is_warned_of_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        PROJECT,
        SIGNING_SECRET,
        ("PUBLIC_URL", "http://app.example.com"),
    ];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    process.until("WARN server::command_line: PUBLIC_URL: http://app.example.com is not https");
    process.origin();
}
