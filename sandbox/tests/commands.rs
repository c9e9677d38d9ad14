//! `sandbox judge` and `sandbox mint`: a token in a script.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Runs a line of shell in which `sandbox` is the program under test.
fn shell(line: &str, secret: Option<&str>) -> Output {
    let folder = Path::new(env!("CARGO_BIN_EXE_sandbox")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.args(["-c", line]).env("PATH", path);
    for name in ["REQIO_PROJECT_ID", "REQIO_SECRET", "REQIO_AUDIENCE"] {
        command.env_remove(name);
    }
    command.envs(secret.map(|secret| ("REQIO_SECRET", secret)));
    command.output().unwrap()
}

#[track_caller]
fn assert_ends(output: &Output, code: i32, says: &str) {
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}{complained}");
    let told = if code == 0 { said } else { complained };
    assert!(told.contains(says), "{told:?} does not say {says:?}");
}

#[test]
fn a_token_of_its_own_is_accepted_with_what_the_user_is_worth() {
    let traits = "--plan scale --amount 99000 --interval year";
    for line in [
        format!("sandbox mint --sub usr_1 {traits} | sandbox judge -"),
        format!("sandbox judge $(sandbox mint --sub usr_1 {traits})"),
    ] {
        let output = shell(&line, Some(SECRET));
        assert_ends(
            &output,
            0,
            "accepted: usr_1 is worth 8250 cents (82.50) a month",
        );
    }
}

#[test]
fn a_refused_token_ends_with_1_the_code_and_the_way_to_mend_it() {
    for (line, code, mend) in [
        (
            "sandbox mint --sub usr_1 --age 600",
            "expired",
            "mint a new one",
        ),
        (
            "sandbox mint --sub usr_1 --amount 29 --interval month",
            "traits",
            "send 2900",
        ),
        (
            "sandbox mint --sub usr_1 --project other",
            "audience",
            "it must be \"https://reqio.app/p/demo\"",
        ),
        (
            "sandbox mint --sub usr_1 --secret \"$REQIO_SECRET \"",
            "signature",
            "REQIO_SECRET",
        ),
        ("echo nonsense", "malformed", "header.payload.signature"),
    ] {
        let output = shell(&format!("{line} | sandbox judge -"), Some(SECRET));
        assert_ends(&output, 1, &format!("refused: {code}: "));
        assert_ends(&output, 1, mend);
    }
}

#[test]
fn where_nothing_can_be_told_it_ends_with_2() {
    assert_ends(&shell("sandbox judge x.y.z", None), 2, "REQIO_SECRET");
    assert_ends(
        &shell("sandbox judge x.y.z", Some("short")),
        2,
        "at least 32",
    );
    assert_ends(&shell("sandbox judge", Some(SECRET)), 2, "required");
    assert_ends(&shell("sandbox mint --sub usr_1", None), 2, "REQIO_SECRET");
}

#[test]
fn the_examples_in_the_help_of_a_command_work() {
    for command in ["judge", "mint"] {
        let help = shell(&format!("sandbox {command} --help"), None);
        let help = String::from_utf8(help.stdout).unwrap();
        let examples = help.split("Examples:\n").nth(1).unwrap();
        assert!(examples.lines().count() >= 2, "{help}");
        for example in examples.lines() {
            assert_ends(&shell(example, Some(SECRET)), 0, "");
        }
    }
}
