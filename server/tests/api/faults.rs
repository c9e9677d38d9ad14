//! Faults on purpose: each goes wrong the way it says, for one browser, and never where the real
//! Reqio is set up.

use std::time::{Instant, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{
    journey::mine,
    real_mode::{REAL, SECRET},
};
use crate::support::{App, HTTPS, Visitor, claims, verify};

const FAULTS: [&str; 9] = [
    "expired_token",
    "wrong_audience",
    "wrong_secret",
    "dollars_for_cents",
    "wrong_clock",
    "slow_mint",
    "failing_mint",
    "blocked_script",
    "signed_out_elsewhere",
];

/// What the sandbox makes of a token: the status, and the code where it refuses.
async fn judged(app: &App, token: &str) -> (u16, Option<String>) {
    let (status, answer) = mine(app.sandbox.as_ref().unwrap(), token).await;
    (status, answer["error"].as_str().map(str::to_owned))
}

/// Somebody signed in as the customer who pays 29.00 a month, with this fault switched on.
async fn with_fault(app: &App, fault: &str) -> Visitor {
    let visitor = app.visitor();
    visitor.sign_in("pro@acme.test").await;
    assert_eq!(
        visitor
            .call("switch_fault", json!({ "fault": fault }))
            .await
            .status,
        200,
        "{fault}"
    );
    visitor
}

#[tokio::test]
async fn every_wrong_token_is_refused_for_its_own_reason() {
    let app = App::start().await;
    let faults = [
        ("expired_token", "expired"),
        ("wrong_audience", "audience"),
        ("wrong_secret", "signature"),
        ("wrong_clock", "not_yet_valid"),
    ];
    for (fault, reason) in faults {
        let visitor = with_fault(&app, fault).await;
        assert_eq!(
            judged(&app, &visitor.token().await).await,
            (401, Some(reason.to_owned())),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn dollars_for_cents_are_refused_where_they_are_implausible_and_believed_elsewhere() {
    let app = App::start().await;
    let visitor = with_fault(&app, "dollars_for_cents").await;
    assert_eq!(
        judged(&app, &visitor.token().await).await,
        (401, Some("traits".to_owned()))
    );
    visitor.sign_in("scale@acme.test").await;
    let token = visitor.token().await;
    assert_eq!(claims(&token)["traits"]["amount"], 990);
    assert_eq!(judged(&app, &token).await, (200, None));
}

#[tokio::test]
async fn a_failing_mint_fails_and_leaves_the_session_alone() {
    let app = App::start().await;
    let visitor = with_fault(&app, "failing_mint").await;
    assert_eq!(
        visitor.call("identity_token", json!({})).await.error(),
        (500, "identity_error".into())
    );
    assert_eq!(visitor.user().await["email"], "pro@acme.test");
}

#[tokio::test]
async fn a_slow_mint_takes_five_seconds_and_comes() {
    let app = App::start().await;
    let visitor = with_fault(&app, "slow_mint").await;
    let asked = Instant::now();
    let token = visitor.token().await;
    assert!(asked.elapsed().as_secs() >= 5);
    assert_eq!(judged(&app, &token).await.0, 200);
}

#[tokio::test]
async fn a_blocked_script_is_not_found() {
    let app = App::start().await;
    let session = with_fault(&app, "blocked_script")
        .await
        .call("session", json!({}))
        .await
        .ok();
    let url = session["reqio"]["widget_url"].as_str().unwrap();
    assert!(url.starts_with(app.sandbox.as_ref().unwrap()), "{url}");
    assert_eq!(reqwest::get(url).await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_session_that_ends_elsewhere_leaves_the_browser_its_cookie() {
    let app = App::start().await;
    let visitor = app.visitor();
    visitor.sign_in("pro@acme.test").await;
    let answer = visitor
        .call("switch_fault", json!({ "fault": "signed_out_elsewhere" }))
        .await;
    assert_eq!((answer.status, answer.header("set-cookie")), (200, None));
    assert_eq!(
        visitor.call("identity_token", json!({})).await.error(),
        (401, "unauthorized".into())
    );
}

#[tokio::test]
async fn a_fault_is_one_browsers_own_and_can_be_switched_off() {
    let app = App::start().await;
    let visitor = with_fault(&app, "wrong_audience").await;
    let other = app.visitor();
    other.sign_in("scale@acme.test").await;
    assert_eq!(judged(&app, &other.token().await).await.0, 200);
    visitor
        .call("switch_fault", json!({ "fault": "" }))
        .await
        .ok();
    assert_eq!(judged(&app, &visitor.token().await).await.0, 200);
}

#[tokio::test]
async fn the_cookie_of_a_fault_lasts_as_long_as_the_browser_and_is_secure_where_there_is_https() {
    for (app, secure) in [
        (App::start().await, ""),
        (App::with(&HTTPS).await, "Secure; "),
    ] {
        let visitor = app.visitor();
        for (fault, max_age) in [("slow_mint", ""), ("", "; Max-Age=0")] {
            let answer = visitor
                .call("switch_fault", json!({ "fault": fault }))
                .await;
            let cookie = format!("demo-fault={fault}; SameSite=Lax; {secure}Path=/{max_age}");
            assert_eq!(answer.header("set-cookie"), Some(cookie.as_str()));
        }
    }
}

#[tokio::test]
async fn a_fault_that_does_not_exist_is_refused() {
    let app = App::start().await;
    let answer = app
        .visitor()
        .call(
            "switch_fault",
            json!({ "fault": "wrong_audience; Domain=evil.test" }),
        )
        .await;
    assert_eq!(answer.error(), (422, "invalid_input".into()));
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn the_lessons_offer_every_fault_and_say_which_is_on() {
    let app = App::start().await;
    let lessons = with_fault(&app, "slow_mint")
        .await
        .call("lessons", json!({}))
        .await
        .ok();
    let faults = lessons["faults"].as_array().unwrap();
    let names: Vec<&str> = faults
        .iter()
        .filter_map(|fault| fault["name"].as_str())
        .collect();
    assert_eq!(names, FAULTS);
    assert!(
        faults
            .iter()
            .all(|fault| fault["title"].is_string() && fault["behaviour"].is_string())
    );
    assert_eq!(lessons["switched_on"], "slow_mint");
}

#[tokio::test]
async fn the_pieces_to_take_home_say_the_projects_values_and_not_its_secret() {
    let app = App::with(&REAL).await;
    let lessons = app.visitor().call("lessons", json!({})).await.ok();
    assert_eq!(lessons["pieces"].as_array().unwrap().len(), 6);
    let pieces = lessons["pieces"].to_string();
    assert!(pieces.contains("https://reqio.app/p/acme") && !pieces.contains(SECRET));
}

#[tokio::test]
async fn a_fault_changes_nothing_for_who_is_not_signed_in() {
    let app = App::start().await;
    for fault in FAULTS {
        let stranger = Visitor::with_cookie(&app.origin, &format!("demo-fault={fault}"));
        assert_eq!(
            stranger.call("identity_token", json!({})).await.error(),
            (401, "unauthorized".into()),
            "{fault}"
        );
        let session = stranger.call("session", json!({})).await.ok();
        assert_eq!(session["identity"], Value::Null, "{fault}");
    }
}

#[tokio::test]
async fn a_page_load_brings_the_wrong_token_too_and_nothing_keeps_it() {
    let app = App::start().await;
    let visitor = with_fault(&app, "wrong_audience").await;
    let answer = visitor.call("session", json!({})).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.ok()["user"]["email"], "pro@acme.test");
    let token = answer.ok()["identity"]["token"].clone();
    assert_eq!(
        judged(&app, token.as_str().unwrap()).await,
        (401, Some("audience".to_owned()))
    );
}

#[tokio::test]
async fn nothing_goes_wrong_on_purpose_where_the_real_reqio_is_set_up() {
    let app = App::with(&REAL).await;
    let ada = app.visitor();
    let user = ada.sign_up("ada@example.com").await;
    // As her checkout would.
    app.database()
        .run("UPDATE users SET plan = 'pro', amount = 2900")
        .await;
    assert_eq!(
        ada.call("lessons", json!({})).await.ok()["faults"],
        json!([])
    );
    for fault in FAULTS {
        let answer = ada.call("switch_fault", json!({ "fault": fault })).await;
        assert_eq!(
            (answer.error(), answer.header("set-cookie")),
            ((404, "not_found".into()), None),
            "{fault}"
        );

        let cookie = format!("{}; demo-fault={fault}", user.cookie());
        let forged = Visitor::with_cookie(&app.origin, &cookie);
        let asked = Instant::now();
        let fetched = forged.token().await;
        assert!(asked.elapsed().as_secs() < 5, "{fault}");
        let session = forged.call("session", json!({})).await.ok();
        let loaded = session["identity"]["token"].as_str().unwrap();
        assert_eq!(
            session["reqio"]["widget_url"], "https://reqio.app/widget.js",
            "{fault}"
        );
        for token in [&fetched, loaded] {
            let claims = verify(token, SECRET, "https://reqio.app/p/acme");
            let (issued, expires) = (claims["iat"].as_u64(), claims["exp"].as_u64());
            let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
            assert!(now.abs_diff(issued.unwrap()) < 60, "{fault}");
            assert_eq!(expires, issued.map(|issued| issued + 300), "{fault}");
            assert_eq!(claims["traits"]["amount"], 2_900, "{fault}");
        }
    }
}
