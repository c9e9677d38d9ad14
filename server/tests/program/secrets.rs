//! A secret, a password, a token and a session, and not a trace of them in the log or on the disk.

use std::fs;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::support::{Dist, ENDPOINTS, Process, Visitor};

const SECRET: &str = "canary-of-the-signing-secret-0123456789";
const PASSWORD: &str = "canary-of-the-password";

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

/// Everything that a visitor can ask for, well and badly.
fn every_route(visitor: &Visitor) -> Vec<RequestBuilder> {
    let credentials = json!({ "name": "Ada", "email": "ada@example.com", "password": PASSWORD });
    let bodies = [json!({}), json!([]), credentials];
    let mut requests = Vec::new();
    // Last what ends the session.
    let (last, others) = ENDPOINTS
        .into_iter()
        .partition::<Vec<_>, _>(|endpoint| *endpoint == "sign_out");
    for endpoint in others.into_iter().chain(last) {
        let path = format!("/api/{endpoint}");
        requests.push(visitor.request(Method::GET, &path));
        requests.push(visitor.request(Method::POST, &path).body(PASSWORD));
        for body in &bodies {
            requests.push(visitor.request(Method::POST, &path).json(body));
        }
    }
    let pages = [
        "/",
        "/index.html",
        "/deep/link",
        "/demo-1a2b.js",
        "/gone-1a2b.js",
        "/icon.svg",
        "/healthz",
        "/readyz",
        "/server-rendered",
        "/source/app/src/api/sign_in.rs",
        "/source/accounts/src/session.rs",
        "/source/reqio/identity/src/minter.rs",
        "/source/nothing",
        "/.env",
        "/%2eenv",
        "/..%2f.env",
        "/demo.db",
        "/api",
        "/api/nothing",
    ];
    let methods = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::OPTIONS,
        Method::DELETE,
    ];
    for path in pages {
        for method in &methods {
            requests.push(visitor.request(method.clone(), path));
            let html = visitor.request(method.clone(), path);
            requests.push(html.header("accept", "text/html"));
        }
    }
    // The session must be there for all of the pages.
    requests.rotate_right(pages.len() * methods.len() * 2);
    requests
}

#[tokio::test]
async fn neither_the_secret_nor_the_session_is_in_any_answer_of_any_route() {
    let dist = Dist::new();
    fs::write(dist.path().join(".env"), format!("REQIO_SECRET={SECRET}\n")).unwrap();
    let (_process, origin) = dist.serve(&[("REQIO_PROJECT_ID", "acme"), ("SIGN_IN_LIMIT", "1000")]);
    let visitor = Visitor::new(&origin);
    let mut sessions = Vec::new();
    let mut answers = Vec::new();
    let first = visitor.sign_up("bob@example.com").await;
    sessions.push(first.cookie());
    answers.push(first);
    for request in every_route(&visitor) {
        let answer = visitor.send(request).await;
        if answer.header("set-cookie").is_some() {
            sessions.push(answer.cookie());
        }
        answers.push(answer);
    }
    assert!(
        answers
            .iter()
            .any(|answer| answer.text().contains("data-identity-token"))
    );
    let hex = SECRET.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut secrets = vec![SECRET.to_owned(), STANDARD.encode(SECRET), hex];
    let values = sessions
        .iter()
        .filter_map(|cookie| cookie.strip_prefix("session="));
    secrets.extend(values.filter(|value| !value.is_empty()).map(str::to_owned));
    assert!(
        secrets.len() >= 5,
        "three spellings, and two sessions at least"
    );
    for answer in &mut answers {
        // The one place where a session belongs.
        answer.headers.remove("set-cookie");
        let head = format!("{:?}", answer.headers);
        let body = String::from_utf8_lossy(&answer.body);
        for secret in &secrets {
            assert!(
                !head.contains(secret) && !body.contains(secret),
                "{answer:?}"
            );
        }
    }
}
