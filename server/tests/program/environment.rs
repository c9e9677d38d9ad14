//! What the server makes of the environment it is started in: variables and `.env`.

use std::fs;

use super::start::is_empty;
use crate::support::{Process, Visitor, verify};

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
fn a_dot_env_with_a_mistake_is_named_by_its_line_and_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    for mistake in [
        "REQIO_SECRET=\"hush-hush",
        "REQIO_SECRET=hush-hush #tail",
        "REQIO_SECRET=hush\\hush",
        "REQIO_SECRET=hush\"hush",
        "REQIO_SECRET=hush'hush",
        "REQIO SECRET=hush-hush",
        "hush-hush",
    ] {
        fs::write(
            folder.path().join(".env"),
            format!("# Reqio\n\n{mistake}\n"),
        )
        .unwrap();
        for arguments in [&[][..], &["check"]] {
            let ended = Process::spawn(folder.path(), &[], arguments).refused();
            let line = ended.one_line();
            assert!(line.starts_with(".env line 3"), "{mistake:?}: {line}");
            assert!(!line.contains("hush"), "{mistake:?}: {line}");
            let ambiguous = mistake.starts_with("REQIO_SECRET");
            assert_eq!(
                line.contains("single quotes"),
                ambiguous,
                "{mistake:?}: {line}"
            );
        }
    }
    assert!(!folder.path().join("demo.db").exists());
}

#[tokio::test]
async fn a_secret_in_dot_env_is_used_as_written() {
    for (value, secret) in [
        (
            "pre$ab9${HOME}-of-more-than-32-bytes",
            "pre$ab9${HOME}-of-more-than-32-bytes",
        ),
        (
            "pre#ab9=-of-more-than-32-bytes-in-all",
            "pre#ab9=-of-more-than-32-bytes-in-all",
        ),
        (
            "'pre #ab9 \"x\" \\n of more than 32 bytes'",
            "pre #ab9 \"x\" \\n of more than 32 bytes",
        ),
        (
            "\"pre #ab9 'x' of more than 32 bytes\"",
            "pre #ab9 'x' of more than 32 bytes",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        // As an editor on Windows writes it.
        let file = format!("\u{feff}export REQIO_PROJECT_ID=acme\r\nREQIO_SECRET={value}\r\n");
        fs::write(folder.path().join(".env"), file).unwrap();
        let mut server = Process::spawn(folder.path(), &[], &[]);
        let ada = Visitor::new(&server.origin());
        ada.sign_up("ada@example.com").await.ok();
        verify(&ada.token().await, secret, "https://reqio.app/p/acme");
    }
}

#[test]
fn an_argument_wins_over_the_environment_and_the_environment_over_dot_env() {
    let folder = tempfile::tempdir().unwrap();
    let file = "REQIO_PROJECT_ID=file\nREQIO_SECRET=a-signing-secret-of-more-than-32-bytes\n";
    fs::write(folder.path().join(".env"), file).unwrap();
    let variable = |value| [("REQIO_PROJECT_ID", value)];
    let before = ["--reqio-project-id", "argument", "check"];
    let after = ["check", "--reqio-project-id", "argument"];
    for (variables, arguments, project) in [
        (&[][..], &["check"][..], "file"),
        (&variable(""), &["check"], "file"),
        (&variable("environment"), &["check"], "environment"),
        (&variable("environment"), &before, "argument"),
        (&variable("environment"), &after, "argument"),
    ] {
        let ended = Process::spawn(folder.path(), variables, arguments).ended();
        let audience = format!("minted for https://reqio.app/p/{project}\n");
        assert!(
            ended.stdout.contains(&audience),
            "{variables:?} {arguments:?}: {ended:?}"
        );
    }
}

#[test]
fn rust_log_counts_in_dot_env_too() {
    let folder = tempfile::tempdir().unwrap();
    for (file, said) in [("RUST_LOG=info,sqlx=debug", true), ("", false)] {
        fs::write(folder.path().join(".env"), file).unwrap();
        let mut process = Process::spawn(folder.path(), &[], &[]);
        process.origin();
        process.terminate();
        assert_eq!(
            process.ended().stderr.contains("DEBUG sqlx"),
            said,
            "{file}"
        );
    }
}

#[test]
fn a_dot_env_in_a_folder_above_is_somebody_elses() {
    let above = tempfile::tempdir().unwrap();
    fs::write(above.path().join(".env"), "REQIO_PROJECT_ID=acme\n").unwrap();
    let folder = above.path().join("below");
    fs::create_dir(&folder).unwrap();
    Process::spawn(&folder, &[], &[]).origin();
}

#[test]
fn what_works_and_is_probably_not_meant_is_warned_of_by_start_and_check() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "a-signing-secret-of-more-than-32-bytes";
    let (here, there) = ("http://localhost:3000", "http://app.example.com");
    let white_space = "REQIO_SECRET begins or ends with white space, a line break, a quote or an";
    for (secret, url, warning) in [
        (format!("{secret}\n"), here, white_space),
        (format!("{secret}\r"), here, white_space),
        (format!("{secret} "), here, white_space),
        (format!("\t{secret}"), here, white_space),
        (
            secret.to_owned(),
            there,
            "PUBLIC_URL is http://app.example.com: without https",
        ),
    ] {
        let variables = [
            ("REQIO_PROJECT_ID", "acme"),
            ("REQIO_SECRET", secret.as_str()),
            ("PUBLIC_URL", url),
        ];
        let mut process = Process::spawn(folder.path(), &variables, &[]);
        process.until(&format!("WARN server::command_line: {warning}"));
        process.origin();
        drop(process);
        let check = Process::spawn(folder.path(), &variables, &["check"]).ended();
        assert!(
            check.stdout.contains(&format!("\nwarning  {warning}")),
            "{check:?}"
        );
        assert!(
            !format!("{check:?}").contains("a-signing-secret"),
            "{check:?}"
        );
    }
}
