//! Sessions: how they begin, how they end, and that what has ended stays so.

use serde_json::{Value, json};

use crate::support::{App, PASSWORD, Visitor};

#[tokio::test]
async fn a_user_who_signed_up_can_sign_in_anywhere() {
    let app = App::start().await;
    let ada = app.visitor();
    let user = ada.sign_up("Ada@Example.com").await.ok();
    let id = user["id"].as_str().unwrap().strip_prefix("usr_").unwrap();
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_eq!(
        user,
        json!({ "id": user["id"], "name": "Ada", "email": "ada@example.com", "plan": "free", "amount": 0, "interval": "month" })
    );
    assert_eq!(ada.user().await, user, "signing up signs in");

    let elsewhere = app.visitor();
    let body = json!({ "email": " ada@example.com ", "password": PASSWORD });
    assert_eq!(elsewhere.call("sign_in", body).await.ok(), user);
    assert_eq!(elsewhere.user().await, user);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_too() {
    let app = App::start().await;
    let pro = app.visitor();
    let answer = pro.call("sign_in", json!({ "email": "pro@acme.test", "password": "reqio-demo" })).await;
    assert_eq!(pro.call("sign_out", json!({})).await.ok(), Value::Null);
    assert_eq!(pro.user().await, Value::Null);

    let thief = Visitor::with_cookie(&app.origin, &answer.cookie());
    assert_eq!(thief.call("identity_token", json!({})).await.error(), (401, "unauthorized".into()));
    assert_eq!(pro.call("sign_out", json!({})).await.ok(), Value::Null, "signing out twice is no error");
}

#[tokio::test]
async fn every_sign_in_starts_a_new_session_and_ends_the_one_before() {
    let app = App::start().await;
    let visitor = app.visitor();
    let sign_in = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
    let first = visitor.call("sign_in", sign_in.clone()).await;
    let second = visitor.call("sign_in", sign_in).await;
    assert_ne!(first.cookie(), second.cookie());
    let old = Visitor::with_cookie(&app.origin, &first.cookie());
    assert_eq!(old.call("identity_token", json!({})).await.error(), (401, "unauthorized".into()));
    assert_eq!(visitor.user().await["email"], "pro@acme.test");
}
