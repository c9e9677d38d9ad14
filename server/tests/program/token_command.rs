//! `server token`: a token at the terminal.

use serde_json::{Value, json};

use crate::support::{Process, claims};

#[test]
fn a_token_can_be_had_at_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::spawn(folder.path(), &[], &[]);
    server.origin();
    let token =
        |email: &str| Process::spawn(folder.path(), &[], &["token", "--email", email]).ended();
    let ended = token("Pro@Acme.test");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let (token_line, printed) = ended.stdout.split_once('\n').unwrap();
    let printed: Value = serde_json::from_str(printed).unwrap();
    assert_eq!(printed, claims(token_line));
    assert_eq!(printed["email"], "pro@acme.test");
    assert_eq!(
        printed["traits"],
        json!({ "plan": "pro", "amount": 2_900, "interval": "month" })
    );

    assert!(
        token("nobody@acme.test")
            .one_line()
            .contains("nobody@acme.test")
    );
    assert!(token("nobody").one_line().starts_with("--email"));
}
