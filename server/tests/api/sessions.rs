//! Sessions: how they begin, how they end, and that what has ended stays so.

use serde_json::{Value, json};

use crate::support::{App, PASSWORD, Visitor};

#[tokio::test]
async fn a_user_who_signed_up_can_sign_in_anywhere() {
    let app = App::start().await;
    let ada = app.visitor();
    let user = ada.sign_up("Ada@Example.com").await.ok();
    let id = user["id"].as_str().unwrap().strip_prefix("usr_").unwrap();
    assert!(
        id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );
    assert_eq!(
        user,
        json!({
            "id": user["id"],
            "name": "Ada",
            "email": "ada@example.com",
            "plan": "free",
            "amount": 0,
            "interval": "month",
        })
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
    let answer = pro
        .call(
            "sign_in",
            json!({ "email": "pro@acme.test", "password": "reqio-demo" }),
        )
        .await;
    assert_eq!(pro.call("sign_out", json!({})).await.ok(), Value::Null);
    assert_eq!(pro.user().await, Value::Null);

    let thief = Visitor::with_cookie(&app.origin, &answer.cookie());
    assert_eq!(
        thief.call("identity_token", json!({})).await.error(),
        (401, "unauthorized".into())
    );
    assert_eq!(
        pro.call("sign_out", json!({})).await.ok(),
        Value::Null,
        "signing out twice is no error"
    );
}

#[tokio::test]
async fn a_sign_out_that_names_its_user_ends_their_session_and_removes_the_cookie() {
    let app = App::start().await;
    let ada = app.visitor();
    let signed_up = ada.sign_up("ada@example.com").await;
    let sign_out = json!({ "user": signed_up.ok()["id"] });
    let answer = ada.call("sign_out", sign_out).await;
    assert_eq!(
        (answer.ok(), answer.cookie()),
        (Value::Null, "session=".into())
    );
    let thief = Visitor::with_cookie(&app.origin, &signed_up.cookie());
    assert!(thief.user().await.is_null());
}

#[tokio::test]
async fn a_sign_out_that_is_retried_after_somebody_else_signed_in_leaves_them_signed_in() {
    let app = App::start().await;
    for first_try_arrives in [true, false] {
        let browser = app.visitor();
        let ada = browser.sign_in("pro@acme.test").await;
        let sign_out = json!({ "user": ada["id"] });
        if first_try_arrives {
            browser.call("sign_out", sign_out.clone()).await.ok();
        }
        let bob = browser.sign_in("scale@acme.test").await;
        let answer = browser.call("sign_out", sign_out).await;
        assert_eq!(answer.ok(), Value::Null);
        assert_eq!(answer.header("set-cookie"), None);
        assert_eq!(browser.user().await, bob);
    }
}

#[tokio::test]
async fn a_sign_out_that_names_a_user_needs_no_session() {
    let app = App::start().await;
    let answer = app
        .visitor()
        .call("sign_out", json!({ "user": "usr_1" }))
        .await;
    assert_eq!(
        (answer.ok(), answer.header("set-cookie")),
        (Value::Null, None)
    );
}

#[tokio::test]
async fn a_sign_out_that_names_nobody_ends_whatever_session_there_is() {
    let app = App::start().await;
    for body in [json!({}), json!({ "user": null })] {
        let pro = app.visitor();
        pro.sign_in("pro@acme.test").await;
        assert_eq!(pro.call("sign_out", body).await.ok(), Value::Null);
        assert!(pro.user().await.is_null());
    }
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
    assert_eq!(
        old.call("identity_token", json!({})).await.error(),
        (401, "unauthorized".into())
    );
    assert_eq!(visitor.user().await["email"], "pro@acme.test");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_of_500_rounds_revives_a_session_that_is_being_signed_out() {
    let app = App::start().await;
    let visitor = app.visitor();
    let plan = |plan: &str| json!({ "plan": plan, "interval": "month" });
    let sign_in = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
    let session = visitor.call("sign_in", sign_in).await.cookie();
    // Each round begins with this session, as it was: signing in anew is mostly hashing.
    app.database().keep("sessions").await;
    for round in 0..500 {
        app.database().bring_back("sessions").await;
        let thief = Visitor::with_cookie(&app.origin, &session);
        let (sign_out, answers) = tokio::join!(thief.call("sign_out", json!({})), async {
            tokio::join!(
                thief.call("session", json!({})),
                thief.call("change_plan", plan("scale")),
                thief.call("identity_token", json!({})),
                thief.get("/server-rendered"),
                thief.call("session", json!({})),
                thief.call("change_plan", plan("pro")),
                thief.call("identity_token", json!({})),
                thief.get("/server-rendered"),
            )
        });
        assert_eq!(sign_out.status, 200);
        let (a, b, c, d, e, f, g, h) = answers;
        for answer in [a, b, c, d, e, f, g, h] {
            assert!(
                matches!(answer.status, 200 | 401),
                "round {round}: {answer:?}"
            );
            assert_eq!(
                answer.header("set-cookie"),
                None,
                "round {round}: a late answer must not set it again"
            );
        }
        assert!(thief.user().await.is_null(), "revived in round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_sign_ins_at_once_each_is_let_in_or_asked_to_wait() {
    let app = App::start().await;
    let sign_ins: Vec<_> = (0..64)
        .map(|_| {
            let visitor = app.visitor();
            let body = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
            tokio::spawn(async move { (visitor.call("sign_in", body).await, visitor) })
        })
        .collect();
    let mut let_in = 0;
    for sign_in in sign_ins {
        let (answer, visitor) = sign_in.await.unwrap();
        if answer.status == 200 {
            assert_eq!(visitor.user().await["email"], "pro@acme.test");
            let_in += 1;
        } else {
            assert_eq!(answer.error(), (503, "unavailable".into()));
            assert_eq!(answer.header("retry-after"), Some("5"));
        }
    }
    assert!(let_in > 0);
}

#[tokio::test]
async fn the_tokens_an_open_tab_asks_for_are_no_use_of_the_session() {
    let app = App::start().await;
    let pro = app.visitor();
    pro.sign_in("pro@acme.test").await;
    // An hour ago.
    let set = "UPDATE sessions SET last_seen_at = last_seen_at - 3600";
    app.database().run(set).await;
    let last_seen = async || {
        let read = "SELECT CAST(last_seen_at AS TEXT) FROM sessions";
        app.database().ask(read).await.parse::<u64>().unwrap()
    };
    let before = last_seen().await;
    pro.token().await;
    assert_eq!(last_seen().await, before);
    pro.user().await;
    assert!(last_seen().await >= before + 3_600, "loading a page is one");
}
