//! Minted tokens in the hands of other languages' libraries: PyJWT, jose and jsonwebtoken each read
//! the token, and refuse it with any byte changed. Needs `python3` with pip, and `node` with npm;
//! the libraries are pinned.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqio_identity::{Audience, Cents, Interval, Minter, SigningSecret, Subject, Token};
use serde_json::{Value, json};

/// Also base64, so that a library that decodes it by mistake fails.
const SECRET: &str = "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo";
const AUDIENCE: &str = "https://reqio.app/p/acme";

fn token() -> Token {
    let audience: Audience = AUDIENCE.parse().unwrap();
    let minter = Minter::new(&SigningSecret::new(SECRET.to_owned()).unwrap(), audience);
    let subject = Subject::new("usr_1")
        .email("zoë@example.com")
        .plan("Größe\u{2028}\"XL\"")
        .amount(Cents::from(99_000))
        .interval(Interval::Year);
    minter.mint(&subject).unwrap().token
}

/// The token with each byte of its decoded parts changed, one at a time.
fn changed(token: &Token) -> Vec<String> {
    let parts: Vec<Vec<u8>> = token
        .as_str()
        .split('.')
        .map(|part| URL_SAFE_NO_PAD.decode(part).unwrap())
        .collect();
    let mut changed = Vec::new();
    for (part, bytes) in parts.iter().enumerate() {
        for (byte, _) in bytes.iter().enumerate() {
            let mut parts = parts.clone();
            parts[part][byte] ^= 1;
            changed.push(
                parts
                    .iter()
                    .map(|part| URL_SAFE_NO_PAD.encode(part))
                    .collect::<Vec<_>>()
                    .join("."),
            );
        }
    }
    changed
}

/// One of the verifiers, or of the files that pin what they need.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/other_libraries")
        .join(name)
}

/// A folder of its own for one library.
fn folder(library: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(library);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(command: &mut Command, input: &str) -> String {
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}"));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a verifier over the token and everything it could be changed into, and checks what it says
/// of them.
fn verified(verifier: &mut Command) {
    let token = token();
    let changed = changed(&token);
    assert!(
        changed.len() > 200,
        "only {} bytes were changed",
        changed.len()
    );
    let tokens: Vec<&str> = [token.as_str()]
        .into_iter()
        .chain(changed.iter().map(String::as_str))
        .collect();
    verifier.env("SECRET", SECRET).env("AUDIENCE", AUDIENCE);
    let said: Value = serde_json::from_str(&run(verifier, &json!(tokens).to_string())).unwrap();
    assert_eq!(said[0], json!({ "typ": "JWT", "alg": "HS256" }));
    let claims = &said[1];
    assert_eq!(claims["sub"], "usr_1");
    assert_eq!(claims["email"], "zoë@example.com");
    assert_eq!(claims["aud"], json!(AUDIENCE), "the audience is one string");
    assert_eq!(
        claims["traits"],
        json!({ "plan": "Größe\u{2028}\"XL\"", "amount": 99_000, "interval": "year" })
    );
    assert_eq!(
        claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(),
        300
    );
    assert_eq!(said[2], changed.len(), "a changed token was accepted");
}

/// Installs what is pinned, and runs the verifier from there: Node looks for a module beside who
/// asks for it.
fn verified_in_node(verifier: &str) {
    let folder = folder(verifier);
    for name in ["package.json", "package-lock.json", verifier] {
        fs::copy(file(name), folder.join(name)).unwrap();
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]);
    run(npm.current_dir(&folder), "");
    verified(Command::new("node").arg(folder.join(verifier)));
}

#[test]
fn a_token_verifies_in_pyjwt_and_with_any_byte_changed_does_not() {
    let folder = folder("pyjwt.py");
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--upgrade",
        "--require-hashes",
        "--requirement",
    ]);
    run(
        pip.arg(file("requirements.txt"))
            .arg("--target")
            .arg(&folder),
        "",
    );
    verified(
        Command::new("python3")
            .arg(file("pyjwt.py"))
            .env("PYTHONPATH", &folder),
    );
}

#[test]
fn a_token_verifies_in_jose_and_with_any_byte_changed_does_not() {
    verified_in_node("jose.mjs");
}

#[test]
fn a_token_verifies_in_jsonwebtoken_and_with_any_byte_changed_does_not() {
    verified_in_node("jsonwebtoken.mjs");
}
