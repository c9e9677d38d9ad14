//! A secret, a password, a token and a session, and not a trace of them in the log or on the disk.

use std::fs;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::json;

use crate::support::{Process, Visitor};

const SECRET: &str = "canary-of-the-signing-secret-0123456789";
const PASSWORD: &str = "canary-of-the-password";
const NEW_PASSWORD: &str = "another-canary-of-a-password";

/// Does everything a visitor can do, well and badly, and returns what must stay between the two.
async fn visit(origin: &str) -> Vec<String> {
    let visitor = Visitor::new(origin);
    let credentials = json!({ "name": "Ada", "email": "ada@example.com", "password": PASSWORD });
    let signed_up = visitor.call("sign_up", credentials.clone()).await;
    let signed_in = visitor.call("sign_in", credentials.clone()).await;
    assert_eq!((signed_up.status, signed_in.status), (200, 200));
    let mut secrets = vec![
        SECRET.to_owned(),
        STANDARD.encode(SECRET),
        PASSWORD.to_owned(),
    ];
    for answer in [&signed_up, &signed_in] {
        secrets.push(answer.cookie().strip_prefix("session=").unwrap().to_owned());
    }
    let token = visitor.token().await;
    secrets.extend(token.split('.').skip(1).map(str::to_owned));

    let wrong = json!({ "email": "ada@example.com", "password": format!("{PASSWORD}-mistyped") });
    assert_eq!(visitor.call("sign_in", wrong).await.status, 401);
    assert_eq!(visitor.call("sign_up", credentials).await.status, 409);
    let page = visitor
        .get(&format!(
            "/server-rendered?token={token}&password={PASSWORD}"
        ))
        .await;
    assert_eq!(page.status, 200);
    let html = page.text();
    let (_, rendered) = html.split_once("data-identity-token=\"").unwrap();
    let (rendered, _) = rendered.split_once('"').unwrap();
    secrets.push(rendered.rsplit('.').next().unwrap().to_owned());
    for body in [
        format!("{{\"password\":\"{PASSWORD}\""),
        format!("\"{PASSWORD}\""),
        PASSWORD.repeat(1_000),
    ] {
        let refused = visitor.call_with("sign_in", body).await;
        assert!(
            refused.status >= 400 && !refused.text().contains(PASSWORD),
            "{}",
            refused.text()
        );
    }
    let foreign = visitor
        .request(Method::POST, "/api/sign_in")
        .header("origin", "https://evil.test");
    let foreign = foreign
        .bearer_auth(&token)
        .json(&json!({ "password": PASSWORD }));
    assert_eq!(visitor.send(foreign).await.status, 403);
    let passwords =
        |current: &str, new: &str| json!({ "current_password": current, "new_password": new });
    let changed = visitor
        .call("change_password", passwords(PASSWORD, NEW_PASSWORD))
        .await;
    assert_eq!(changed.status, 200);
    secrets.push(
        changed
            .cookie()
            .strip_prefix("session=")
            .unwrap()
            .to_owned(),
    );
    secrets.push(NEW_PASSWORD.to_owned());
    for (current, new, status) in [
        (PASSWORD, NEW_PASSWORD, 401),
        (NEW_PASSWORD, &NEW_PASSWORD[..7], 422),
    ] {
        let refused = visitor
            .call("change_password", passwords(current, new))
            .await;
        assert_eq!(refused.status, status);
        assert!(
            !secrets
                .iter()
                .any(|secret| refused.text().contains(secret.as_str())),
            "{}",
            refused.text()
        );
    }
    assert_eq!(visitor.call("sign_out", json!({})).await.status, 200);
    secrets
}

#[tokio::test]
async fn nothing_secret_is_logged_or_stored_even_when_everything_is_traced() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("RUST_LOG", "trace"),
        ("REQIO_PROJECT_ID", "acme"),
        ("REQIO_SECRET", SECRET),
    ];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    let origin = process.origin();
    let secrets = visit(&origin).await;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let stored = fs::read(&path).unwrap();
        for secret in &secrets {
            let found = stored
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is in {}", path.display());
        }
    }
    process.terminate();
    let ended = process.ended();
    assert_eq!(ended.code, Some(0));
    let log = ended.stdout + &ended.stderr;
    assert!(
        log.contains("DEBUG sqlx") && log.contains("/api/sign_in"),
        "everything was traced"
    );
    for secret in &secrets {
        if let Some(line) = log.lines().find(|line| line.contains(secret.as_str())) {
            panic!("{secret} is in the log: {line}");
        }
    }
}
