//! How often somebody may try to get in: 429 with `Retry-After`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Connection};

async fn app(limit: &str) -> App {
    App::with(&[("SIGN_IN_LIMIT", limit)]).await
}

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

#[tokio::test]
async fn one_attempt_too_many_says_how_long_to_wait() {
    let app = app("3").await;
    let guesser = app.visitor();
    for _ in 0..3 {
        assert_eq!(
            guesser
                .call("sign_in", credentials("pro@acme.test", "guess"))
                .await
                .status,
            401
        );
    }
    let refused = guesser
        .call("sign_in", credentials("pro@acme.test", "reqio-demo"))
        .await;
    assert_eq!(refused.error(), (429, "too_many_attempts".into()));
    let seconds = refused
        .header("retry-after")
        .unwrap()
        .parse::<u64>()
        .unwrap();
    assert!((1..=20).contains(&seconds), "{seconds}");
    assert_eq!(refused.json()["retry_after"], seconds);
    assert_eq!(
        refused.header("set-cookie"),
        None,
        "not even the right password gets in"
    );
}

#[tokio::test]
async fn new_accounts_of_one_address_are_limited_and_its_sign_ins_are_not_counted_with_them() {
    let app = app("2").await;
    let visitor = app.visitor();
    assert_eq!(visitor.sign_up("one@example.com").await.status, 200);
    assert_eq!(visitor.sign_up("two@example.com").await.status, 200);
    let refused = visitor.sign_up("three@example.com").await;
    assert_eq!(refused.error(), (429, "too_many_attempts".into()));
    visitor.sign_in("pro@acme.test").await;
}

#[tokio::test]
async fn an_invented_address_gives_no_new_attempts() {
    let app = app("1").await;
    let guess = async |number: usize| {
        let visitor = app.visitor();
        let request = visitor
            .request(Method::POST, "/api/sign_in")
            .header("x-forwarded-for", format!("192.0.2.{number}"))
            .header("x-real-ip", format!("192.0.2.{number}"))
            .header("forwarded", format!("for=192.0.2.{number}"))
            .json(&credentials(&format!("user{number}@acme.test"), "guess"));
        visitor.send(request).await.status
    };
    // One address has six times the limit, at whatever accounts.
    for number in 0..6 {
        assert_eq!(guess(number).await, 401, "{number}");
    }
    assert_eq!(guess(6).await, 429);
}

#[tokio::test]
async fn who_is_signed_in_already_notices_nothing() {
    let app = app("1").await;
    let pro = app.visitor();
    pro.sign_in("pro@acme.test").await;
    // A browser that has signed in has an attempt of its own.
    for status in [401, 429] {
        let guess = credentials("pro@acme.test", "guess");
        assert_eq!(pro.call("sign_in", guess).await.status, status);
    }
    assert_eq!(pro.user().await["email"], "pro@acme.test");
    assert_eq!(
        pro.call(
            "change_plan",
            json!({ "plan": "scale", "interval": "year" })
        )
        .await
        .ok()["amount"],
        99_000
    );
    assert_eq!(pro.token().await.split('.').count(), 3);
    assert_eq!(pro.call("sign_out", json!({})).await.ok(), Value::Null);
}

#[tokio::test]
async fn behind_a_known_proxy_each_client_has_attempts_of_its_own() {
    let app = App::with(&[("SIGN_IN_LIMIT", "1"), ("TRUSTED_PROXY", "127.0.0.1")]).await;
    let guess = async |forwarded: &str| {
        let visitor = app.visitor();
        let request = visitor
            .request(Method::POST, "/api/sign_in")
            .header("x-forwarded-for", forwarded);
        let guess = credentials("pro@acme.test", "guess");
        visitor.send(request.json(&guess)).await.status
    };
    assert_eq!(guess("192.0.2.1").await, 401);
    assert_eq!(guess("192.0.2.2").await, 401, "another client");
    assert_eq!(guess("192.0.2.1").await, 429);
    assert_eq!(
        guess("203.0.113.9, 192.0.2.1").await,
        429,
        "what the client invented stands to the left"
    );
}

#[tokio::test]
async fn visitors_who_hang_up_leave_no_work_behind() {
    let app = App::start().await;
    let body = credentials("pro@acme.test", "guess").to_string();
    let request = format!(
        "POST /api/sign_in HTTP/1.1\r\nhost: localhost\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    // Hashing all of them would take longer than anybody waits for a core, and the next visitor
    // would be turned away.
    for _ in 0..1_000 {
        let mut connection = Connection::open(&app.origin).await;
        connection.write(&request).await;
    }
    app.visitor().sign_in("pro@acme.test").await;
}
