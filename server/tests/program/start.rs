//! A start that cannot work: one line that says why, and nothing left behind.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
};

use crate::support::Process;

const SECRET: &str = "hush-hush-this-is-the-signing-secret-of-acme";
const PROJECT: (&str, &str) = ("REQIO_PROJECT_ID", "acme");
const SIGNING_SECRET: (&str, &str) = ("REQIO_SECRET", SECRET);

/// What the server says when it refuses to start with these variables.
pub(super) fn refusal(folder: &Path, variables: &[(&str, &str)]) -> String {
    Process::spawn(folder, variables, &[])
        .refused()
        .one_line()
        .to_owned()
}

#[track_caller]
pub(super) fn is_empty(folder: &Path) {
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
            "DATABASE_URL",
            &[("DATABASE_URL", "mysql://ada:hush-hush@localhost/demo")],
        ),
        (
            "DATABASE_URL",
            &[("DATABASE_URL", "sqlite://app.db?mode=maybe")],
        ),
        (
            "DATABASE_URL",
            &[(
                "DATABASE_URL",
                "postgres://ada:hush-hush@localhost/demo?sslmode=maybe",
            )],
        ),
    ];
    for (variable, variables) in cases {
        let line = refusal(folder.path(), variables);
        assert!(line.starts_with(variable), "{variables:?}: {line}");
        assert!(
            line.contains(&format!(". Example: {variable}=")),
            "{variables:?}: {line}"
        );
        assert!(!line.contains("hush-hush"), "{variables:?}: {line}");
        is_empty(folder.path());
    }
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
    for url in [
        format!("sqlite://{path}"),
        format!("sqlite://{path}/file/app.db"),
        format!("sqlite://{path}/missing/app.db"),
        format!("sqlite://{path}/garbage.db"),
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
    let addr = test_database::own_addr().unwrap().to_string();
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
fn another_program_on_the_same_port_of_the_other_localhost_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let other = TcpListener::bind("[::1]:0").expect("this test needs IPv6 on this machine");
    let port = other.local_addr().unwrap().port();
    for (variable, start) in [
        ("ADDR", "Open "),
        ("SANDBOX_ADDR", "The sandbox stands in for Reqio at "),
    ] {
        let addr = format!("127.0.0.1:{port}");
        let mut process = Process::spawn(folder.path(), &[(variable, &addr)], &[]);
        process.until(&format!(
            "{variable}: another program listens on [::1]:{port}"
        ));
        let announced = process.until(start);
        assert!(
            announced.starts_with(&format!("http://{addr}")),
            "{announced}"
        );
    }
    drop(other);
    let addr = format!("127.0.0.1:{port}");
    let mut process = Process::spawn(folder.path(), &[("ADDR", &addr)], &[]);
    assert!(
        process
            .until("Open ")
            .starts_with(&format!("http://localhost:{port} "))
    );
}

#[test]
fn with_port_0_the_real_port_is_announced() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[], &[]);
    let announced = process.until("Open ");
    let (address, _) = announced.split_once(' ').unwrap();
    let (localhost, port) = address.rsplit_once(':').unwrap();
    assert_eq!(localhost, "http://localhost");
    // Nobody listens on port 0.
    let port: u16 = port.parse().unwrap();
    TcpStream::connect(("127.0.0.1", port)).unwrap();
}
