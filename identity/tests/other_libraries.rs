//! A minted token, verified by other languages' libraries: PyJWT and jose. Needs `python3` with pip, and `node` with
//! npm; the libraries are the ones whose tokens the sandbox is tested with, at the same versions.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use identity::{Audience, Cents, Interval, Minter, SigningSecret, Token, Traits};
use serde_json::{Value, json};

/// Also base64, so that a library that decodes it by mistake fails.
const SECRET: &str = "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo";
const AUDIENCE: &str = "https://reqio.app/p/acme";

fn token() -> Token {
    let audience: Audience = AUDIENCE.parse().unwrap();
    let minter = Minter::new(&SigningSecret::new(SECRET.to_owned()).unwrap(), audience);
    let traits = Traits {
        plan: Some("Größe\u{2028}\"XL\"".to_owned()),
        amount: Some(Cents::from(99_000)),
        interval: Some(Interval::Year),
    };
    minter.mint("usr_1", Some("zoë@example.com"), traits, SystemTime::now()).unwrap()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/other_libraries").join(path)
}

fn pins(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sandbox/tests/stacks").join(path)
}

/// A folder of its own for the libraries of one language.
fn libraries(language: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(language);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a verifier and checks what it read.
fn verified(verifier: &mut Command) {
    verifier.env("TOKEN", token().as_str()).env("SECRET", SECRET).env("AUDIENCE", AUDIENCE);
    let read: Value = serde_json::from_str(&run(verifier)).unwrap();
    assert_eq!(read[0], json!({ "typ": "JWT", "alg": "HS256" }));
    let claims = &read[1];
    assert_eq!(claims["sub"], "usr_1");
    assert_eq!(claims["email"], "zoë@example.com");
    assert_eq!(claims["aud"], json!(AUDIENCE), "the audience is one string");
    assert_eq!(claims["traits"], json!({ "plan": "Größe\u{2028}\"XL\"", "amount": 99_000, "interval": "year" }));
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 300);
}

#[test]
fn a_token_verifies_in_pyjwt() {
    let folder = libraries("python");
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--require-hashes", "--requirement"]);
    run(pip.arg(pins("python/requirements.txt")).arg("--target").arg(&folder));
    verified(Command::new("python3").arg(here("verify.py")).env("PYTHONPATH", &folder));
}

#[test]
fn a_token_verifies_in_jose() {
    let folder = libraries("node");
    for file in ["package.json", "package-lock.json"] {
        fs::copy(pins("node").join(file), folder.join(file)).unwrap();
    }
    // Node looks for a module beside the script that asks for it.
    fs::copy(here("verify.mjs"), folder.join("verify.mjs")).unwrap();
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder));
    verified(Command::new("node").arg(folder.join("verify.mjs")));
}
