//! With a project of the real Reqio: no sandbox, no customers with a password that everybody knows.

use serde_json::{Value, json};
use test_database::TestDatabase;
use tokio::net::TcpListener;

use crate::support::{App, Visitor, claims, verify};

pub(crate) const SECRET: &str = "a signing secret of more than 32 bytes";

pub(crate) const REAL: [(&str, &str); 2] = [("REQIO_PROJECT_ID", "acme"), ("REQIO_SECRET", SECRET)];

#[tokio::test]
async fn the_page_is_told_of_the_real_widget_and_project() {
    let app = App::with(&REAL).await;
    let session = app.visitor().call("session", json!({})).await.ok();
    let reqio = json!({
        "project_id": "acme",
        "widget_url": "https://reqio.app/widget.js",
        "sandbox": false,
    });
    assert_eq!(
        session,
        json!({ "user": null, "reqio": reqio, "identity": null })
    );
    assert_eq!(app.sandbox, None);
}

#[tokio::test]
async fn tokens_are_signed_with_the_projects_secret_for_its_audience() {
    let app = App::with(&REAL).await;
    let ada = app.visitor();
    let user = ada.sign_up("ada@example.com").await.ok();
    let claims = verify(&ada.token().await, SECRET, "https://reqio.app/p/acme");
    assert_eq!(
        (&claims["sub"], &claims["aud"]),
        (&user["id"], &json!("https://reqio.app/p/acme"))
    );
}

#[tokio::test]
async fn the_sandboxs_address_is_left_alone() {
    // If the server asked for this address, it would not start.
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let app = App::with(&[&REAL[..], &[("SANDBOX_ADDR", &addr)]].concat()).await;
    assert_eq!(app.visitor().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn demo_customers_do_not_exist() {
    let app = App::with(&REAL).await;
    for email in ["free@acme.test", "pro@acme.test", "scale@acme.test"] {
        let answer = app
            .visitor()
            .call(
                "sign_in",
                json!({ "email": email, "password": "reqio-demo" }),
            )
            .await;
        assert_eq!(
            answer.error(),
            (401, "invalid_credentials".into()),
            "{email}"
        );
    }
}

#[tokio::test]
async fn a_plan_that_nobody_paid_for_is_free_again_when_a_sandboxs_database_turns_real() {
    let database = TestDatabase::new();
    let sandbox = App::on(&database, &[]).await;
    let visitor = sandbox.visitor();
    let ada = visitor.sign_up("ada@example.com").await.cookie();
    let scale = json!({ "plan": "scale", "interval": "year" });
    let changed = visitor.call("change_plan", scale).await.ok();
    assert_eq!(changed["amount"], 99_000);
    sandbox.stop().await;

    let app = App::on(&database, &REAL).await;
    let session = Visitor::with_cookie(&app.origin, &ada)
        .call("session", json!({}))
        .await
        .ok();
    assert_eq!(session["user"]["plan"], "free");
    let claims = claims(session["identity"]["token"].as_str().unwrap());
    assert_eq!(
        (&claims["traits"]["plan"], &claims["traits"]["amount"]),
        (&json!("free"), &json!(0))
    );
}

#[tokio::test]
async fn demo_customers_and_their_sessions_end_when_a_sandboxs_database_turns_real() {
    let database = TestDatabase::new();
    let sandbox = App::on(&database, &[]).await;
    let answer = sandbox
        .visitor()
        .call(
            "sign_in",
            json!({ "email": "pro@acme.test", "password": "reqio-demo" }),
        )
        .await;
    let demo = answer.cookie();
    let answer = sandbox.visitor().sign_up("ada@example.com").await;
    let ada = answer.cookie();
    sandbox.stop().await;

    let app = App::on(&database, &REAL).await;
    let dead = Visitor::with_cookie(&app.origin, &demo)
        .call("session", json!({}))
        .await
        .ok();
    assert_eq!(
        (&dead["user"], &dead["identity"]),
        (&Value::Null, &Value::Null)
    );
    let alive = Visitor::with_cookie(&app.origin, &ada)
        .call("session", json!({}))
        .await
        .ok();
    assert_eq!(
        alive["user"]["email"], "ada@example.com",
        "sessions of users survive the restart"
    );
    assert_eq!(
        claims(alive["identity"]["token"].as_str().unwrap())["aud"],
        "https://reqio.app/p/acme"
    );
    let answer = app
        .visitor()
        .call(
            "sign_in",
            json!({ "email": "pro@acme.test", "password": "reqio-demo" }),
        )
        .await;
    assert_eq!(answer.error(), (401, "invalid_credentials".into()));
}

#[tokio::test]
async fn the_policy_lets_in_reqio_and_not_the_sandbox() {
    let (real, sandbox) = (App::with(&REAL).await, App::start().await);
    let answer = real.visitor().get("/").await;
    let policy = answer.header("content-security-policy").unwrap();
    for directive in ["script-src", "connect-src"] {
        let sources = policy
            .split("; ")
            .find(|part| part.starts_with(directive))
            .unwrap();
        assert!(
            sources
                .split(' ')
                .any(|source| source == "https://reqio.app"),
            "{sources}"
        );
    }
    assert!(!policy.contains("localhost"), "{policy}");

    let answer = sandbox.visitor().get("/").await;
    let policy = answer.header("content-security-policy").unwrap();
    assert!(
        policy.contains(sandbox.sandbox.as_ref().unwrap()),
        "{policy}"
    );
    assert!(!policy.contains("reqio.app"), "{policy}");
}

#[tokio::test]
async fn nobody_changes_their_plan_without_paying() {
    let app = App::with(&REAL).await;
    let ada = app.visitor();
    let user = ada.sign_up("ada@example.com").await.ok();
    for plan in [
        json!({ "plan": "scale", "interval": "year" }),
        json!({ "plan": "free", "interval": "month" }),
    ] {
        let answer = ada.call("change_plan", plan).await;
        assert_eq!(answer.error(), (404, "not_found".into()));
    }
    assert_eq!(ada.user().await, user);
}
