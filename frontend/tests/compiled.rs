//! What the browser is compiled from: nothing that can hold the signing secret, or sign with it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::Command;

/// Every crate that `package` is compiled from for the browser, each with its features.
fn compiled_for_the_browser(package: &str) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "tree",
        "--locked",
        "--package",
        package,
        "--target",
        "wasm32-unknown-unknown",
    ]);
    cargo.args([
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p}|{f}",
    ]);
    let output = cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Without `mint`, `reqio-identity` has no `SigningSecret`, as its documentation shows by an
/// example that does not compile.
#[test]
fn the_frontend_is_compiled_without_anything_that_could_mint() {
    let crates = compiled_for_the_browser("frontend");
    let mut identities = crates
        .lines()
        .filter(|line| line.starts_with("reqio-identity v"))
        .peekable();
    assert!(
        identities.peek().is_some(),
        "the frontend does without reqio-identity: {crates}"
    );
    for identity in identities {
        assert!(identity.ends_with('|'), "{identity} has features");
    }
    for forbidden in [
        "accounts v",
        "jsonwebtoken v",
        "secrecy v",
        "hmac v",
        "aws-lc-rs v",
        "sqlx v",
    ] {
        assert!(
            !crates.lines().any(|line| line.starts_with(forbidden)),
            "{forbidden} is in the frontend"
        );
    }
}
