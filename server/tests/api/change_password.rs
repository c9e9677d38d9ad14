//! Another password: who knows the old one, and what becomes of everybody who signed in with it.

use serde_json::{Value, json};

use crate::support::{App, PASSWORD, Visitor};

const NEW: &str = "battery staple";

fn passwords(current: &str, new: &str) -> Value {
    json!({ "current_password": current, "new_password": new })
}

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

#[tokio::test]
async fn whoever_signed_in_with_the_old_password_is_signed_out() {
    let app = App::start().await;
    let (ada, elsewhere, eve) = (app.visitor(), app.visitor(), app.visitor());
    let signed_up = ada.sign_up("ada@example.com").await;
    elsewhere
        .call("sign_in", credentials("ada@example.com", PASSWORD))
        .await
        .ok();
    eve.sign_up("eve@example.com").await.ok();

    let changed = ada.call("change_password", passwords(PASSWORD, NEW)).await;
    assert_eq!(changed.ok(), signed_up.ok());
    assert_eq!(ada.user().await, signed_up.ok(), "signed in as before");
    assert_ne!(changed.cookie(), signed_up.cookie(), "under a new id");
    let before = Visitor::with_cookie(&app.origin, &signed_up.cookie());
    for visitor in [&before, &elsewhere] {
        assert_eq!(
            visitor.call("identity_token", json!({})).await.error(),
            (401, "unauthorized".into())
        );
    }
    assert_eq!(eve.user().await["email"], "eve@example.com");

    let anew = app.visitor();
    let old = anew
        .call("sign_in", credentials("ada@example.com", PASSWORD))
        .await;
    assert_eq!(old.error(), (401, "invalid_credentials".into()));
    assert_eq!(
        anew.call("sign_in", credentials("ada@example.com", NEW))
            .await
            .ok(),
        signed_up.ok()
    );
}

#[tokio::test]
async fn a_refused_change_says_why_and_changes_nothing() {
    let app = App::start().await;
    let (ada, elsewhere) = (app.visitor(), app.visitor());
    ada.sign_up("ada@example.com").await.ok();
    elsewhere
        .call("sign_in", credentials("ada@example.com", PASSWORD))
        .await
        .ok();
    let long = "x".repeat(129);
    for (current, new, status, code) in [
        ("wrong", NEW, 401, "invalid_credentials"),
        (PASSWORD, "1234567", 422, "invalid_input"),
        (PASSWORD, &long, 422, "invalid_input"),
        (&long, NEW, 422, "invalid_input"),
    ] {
        let refused = ada.call("change_password", passwords(current, new)).await;
        assert_eq!(
            refused.error(),
            (status, code.to_owned()),
            "{current} {new}"
        );
        assert_eq!(refused.header("set-cookie"), None);
    }
    assert_eq!(elsewhere.user().await, ada.user().await);
    app.visitor()
        .call("sign_in", credentials("ada@example.com", PASSWORD))
        .await
        .ok();
}

#[tokio::test]
async fn demo_customers_keep_the_password_they_share() {
    let app = App::start().await;
    let pro = app.visitor();
    pro.sign_in("pro@acme.test").await;
    let refused = pro
        .call("change_password", passwords("reqio-demo", NEW))
        .await;
    assert_eq!(refused.error(), (422, "invalid_input".into()));
    assert!(
        refused.text().contains("Demo customers share one password"),
        "{}",
        refused.text()
    );
    app.visitor().sign_in("pro@acme.test").await;
}

#[tokio::test]
async fn guessing_the_current_password_counts_as_trying_to_get_in() {
    let app = App::with(|variables| variables.sign_in_limit = Some("3".to_owned())).await;
    let thief = app.visitor();
    thief.sign_up("ada@example.com").await.ok();
    for _ in 0..2 {
        let guess = thief.call("change_password", passwords("guess", NEW)).await;
        assert_eq!(guess.error(), (401, "invalid_credentials".into()));
    }
    let refused = thief
        .call("change_password", passwords(PASSWORD, NEW))
        .await;
    assert_eq!(refused.error(), (429, "too_many_attempts".into()));
    assert!(refused.header("retry-after").is_some());
}
