//! What it is started with, what it prints then, and what it refuses.

use std::net::TcpListener;
use std::path::Path;
use std::process::Output;

use crate::running::{Running, sandbox};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

#[track_caller]
fn assert_one_line(output: Output, says: &str) {
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "it succeeded");
    assert_eq!(
        text.trim_end().lines().count(),
        1,
        "{text:?} is not one line"
    );
    assert!(text.contains(says), "{text:?} does not say {says:?}");
    assert!(output.stdout.is_empty(), "it printed before it failed");
}

#[test]
fn alone_it_makes_up_what_is_missing_and_prints_it_ready_to_paste() {
    let (one, other) = (Running::start(&[]), Running::start(&[]));
    let secret = |running: &Running| {
        running
            .introduction
            .split("REQIO_SECRET=")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert!(one.introduction.contains("REQIO_PROJECT_ID=demo\n"));
    assert!(
        one.introduction
            .contains("REQIO_AUDIENCE=https://reqio.app/p/demo\n")
    );
    let tag = format!(
        "<script src=\"http://localhost:{}/widget.js\" data-project-id=\"demo\" async></script>",
        one.port
    );
    assert!(one.introduction.contains(&tag), "{}", one.introduction);
    assert!(secret(&one).len() >= 32);
    assert_ne!(secret(&one), secret(&other));
    assert!(one.get("/healthz", "").ends_with("\r\n\r\nok"));
}

#[test]
fn what_is_given_is_taken_from_the_command_line_or_the_environment() {
    let arguments = ["--project", "shop", "--secret", SECRET];
    let variables = [("REQIO_PROJECT_ID", "shop"), ("REQIO_SECRET", SECRET)];
    for running in [
        Running::start(&arguments),
        Running::spawn(sandbox().envs(variables)),
    ] {
        let said = &running.introduction;
        assert!(
            said.contains("REQIO_PROJECT_ID=shop\n  REQIO_SECRET=(as it is set)\n"),
            "{said}"
        );
        assert!(!said.contains(SECRET), "one that is somebody's: {said}");
        assert!(
            said.contains("REQIO_AUDIENCE=https://reqio.app/p/shop\n"),
            "{said}"
        );
        assert!(running.get("/p/shop", "").starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn a_bad_value_is_one_clear_line() {
    let run = |arguments: &[&str]| {
        sandbox()
            .env("SANDBOX_ADDR", "127.0.0.1:0")
            .args(arguments)
            .output()
            .unwrap()
    };
    assert_one_line(
        run(&["--secret", "too short"]),
        "the signing secret has 9 bytes",
    );
    assert_one_line(run(&["--project", "a/b"]), "the project id \"a/b\"");
    assert_one_line(
        run(&["--allow-origin", "localhost:3000"]),
        "is not an origin",
    );
    assert_one_line(run(&["--seed", "/nowhere.json"]), "cannot be read");
    let no_seed = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    assert_one_line(run(&["--seed", no_seed]), "the seed cannot be used");
    assert_one_line(run(&["--port", "99999"]), "99999");
    assert_one_line(
        sandbox().env("SANDBOX_ADDR", "here").output().unwrap(),
        "here",
    );
}

#[test]
fn a_busy_port_is_one_clear_line() {
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = busy.local_addr().unwrap().port().to_string();
    assert_one_line(
        sandbox().args(["--port", &port]).output().unwrap(),
        &format!("cannot listen on 127.0.0.1:{port}"),
    );
}

#[test]
fn the_examples_in_the_help_serve() {
    let help = sandbox().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let examples: Vec<_> = help.split("Examples:\n").nth(1).unwrap().lines().collect();
    assert!(examples.len() >= 3, "{help}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples-in-the-help");
    std::fs::create_dir_all(&folder).unwrap();
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seed.json");
    std::fs::copy(seed, folder.join("seed.json")).unwrap();
    for example in examples {
        let mut words = example.split_whitespace();
        assert_eq!(words.next(), Some("sandbox"), "{example}");
        let running = Running::spawn(sandbox().args(words).current_dir(&folder));
        let answer = running.get("/p/demo", "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{example}: {answer}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn it_starts_with_the_seed_of_a_file() {
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seed.json");
    let running = Running::start(&["--seed", seed]);
    let backlog = running.get("/p/demo/api/v1/features", "");
    assert!(backlog.contains("Sign in with SAML"), "{backlog}");
}

#[test]
fn help_that_nobody_reads_to_its_end_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = sandbox().arg("--help").stdout(writer).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}
