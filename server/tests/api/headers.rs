//! The headers that every answer carries, whatever it is.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::support::{self, Answer, App, Dist, ENDPOINTS, Visitor};

const REAL: [(&str, &str); 2] = [
    ("REQIO_PROJECT_ID", "acme"),
    ("REQIO_SECRET", "a signing secret of more than 32 bytes"),
];
const HTTPS: [(&str, &str); 2] = [
    ("PUBLIC_URL", "https://app.example.com"),
    ("TRUSTED_PROXY", "127.0.0.1"),
];

/// One answer of each kind, with the status it must have.
async fn every_kind(visitor: &Visitor) -> Vec<(u16, Answer)> {
    let etag = visitor.get("/").await.header("etag").unwrap().to_owned();
    let get = |path| visitor.request(Method::GET, path);
    let post = |path| visitor.request(Method::POST, path);
    let mut answers = Vec::new();
    for (status, request) in [
        (200, get("/")),
        (200, get("/deep/link").header("accept", "text/html")),
        (404, get("/deep/link")),
        (200, get("/demo-1a2b.js")),
        (200, get("/healthz")),
        (200, get("/readyz")),
        (200, post("/api/session").json(&json!({}))),
        (304, get("/").header("if-none-match", etag)),
        (401, get("/server-rendered")),
        (401, get("/server-rendered").header("accept", "text/html")),
        (401, post("/api/identity_token").json(&json!({}))),
        (
            403,
            post("/api/session")
                .header("sec-fetch-site", "cross-site")
                .json(&json!({})),
        ),
        (404, get("/gone-1a2b.js")),
        (404, get("/api/nothing")),
        (405, get("/api/session")),
        (405, post("/")),
        (405, post("/healthz")),
        (405, post("/demo-1a2b.js")),
        (
            413,
            post("/api/session")
                .header("content-type", "application/json")
                .body(vec![b'x'; 20_000]),
        ),
        (415, post("/api/session").body("{}")),
        (422, post("/api/sign_in").json(&json!({}))),
    ] {
        answers.push((status, visitor.send(request).await));
    }
    answers
}

#[tokio::test]
async fn every_answer_tells_browsers_what_they_may_do_with_it() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[REAL, HTTPS].concat());
    for (status, answer) in every_kind(&Visitor::new(&origin)).await {
        assert_eq!(answer.status, status, "{answer:?}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{status} {name}");
            assert_eq!(
                answer.headers.get_all(name).iter().count(),
                1,
                "{status} {name}"
            );
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; "),
            "{status} {policy}"
        );
        assert!(answer.header("server").is_none() && answer.header("x-powered-by").is_none());
    }
}

#[tokio::test]
async fn the_policy_allows_the_shells_own_script_by_its_hash_and_nothing_inline_else() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&REAL);
    let answer = Visitor::new(&origin).get("/").await;
    let hash = STANDARD.encode(Sha256::digest(Dist::SCRIPT));
    assert_eq!(
        answer.header("content-security-policy").unwrap(),
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}' \
             https://reqio.app; style-src 'self'; img-src 'self' data: https://reqio.app; \
             font-src 'self' https://reqio.app; connect-src 'self' https://reqio.app; \
             frame-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
    );
}

#[tokio::test]
async fn without_https_nobody_is_told_to_insist_on_it() {
    let app = App::start().await;
    assert_eq!(
        app.visitor()
            .get("/")
            .await
            .header("strict-transport-security"),
        None
    );
    let answer = app.visitor().sign_up("ada@example.com").await;
    let cookie = answer.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("session=") && !cookie.contains("Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn over_https_the_session_travels_in_a_cookie_of_this_host_alone() {
    let app = App::with(&support::HTTPS).await;
    let visitor = app.visitor();
    let answer = visitor.sign_up("ada@example.com").await;
    let cookie = answer.header("set-cookie").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    let value = pair.strip_prefix("__Host-session=").unwrap();
    assert!(
        value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "256 random bits"
    );
    assert_eq!(
        attributes,
        "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=604800"
    );
    assert!(
        !answer.text().contains(value),
        "scripts cannot read it from the answer either"
    );

    let cookie = |name| Visitor::with_cookie(&app.origin, &format!("{name}={value}"));
    assert_eq!(
        cookie("__Host-session").user().await["email"],
        "ada@example.com"
    );
    assert!(
        cookie("session").user().await.is_null(),
        "a cookie that another host could plant"
    );
    let removal = visitor.call("sign_out", json!({})).await;
    assert_eq!(
        removal.header("set-cookie"),
        Some("__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"),
        "browsers ignore a removal that lacks an attribute"
    );
}

#[tokio::test]
async fn a_refused_method_says_which_one_is_taken() {
    let app = App::start().await;
    let visitor = app.visitor();
    for endpoint in ENDPOINTS {
        assert_eq!(
            visitor
                .get(&format!("/api/{endpoint}"))
                .await
                .header("allow"),
            Some("POST"),
            "{endpoint}"
        );
    }
}
