//! `GET /server-rendered`: the token on the widget's tag, and nothing for strangers.

use serde_json::json;

use super::real_mode::{REAL, SECRET};
use crate::support::{Answer, App, Visitor, verify};

async fn app() -> App {
    App::with(&REAL).await
}

async fn page(visitor: &Visitor, accept: &str) -> Answer {
    visitor
        .send(
            visitor
                .request(reqwest::Method::GET, "/server-rendered")
                .header("accept", accept),
        )
        .await
}

/// The value of an attribute of the page's one script tag.
fn attribute(page: &str, name: &str) -> String {
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    let (_, tag) = page.split_once("<script").unwrap();
    let (tag, _) = tag.split_once('>').unwrap();
    let (_, value) = tag.split_once(&format!(" {name}=\"")).unwrap();
    value.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_stranger_gets_a_401_in_the_form_they_asked_for() {
    let app = app().await;
    let stranger = app.visitor();
    for accept in ["*/*", "application/json"] {
        assert_eq!(
            page(&stranger, accept).await.error(),
            (401, "unauthorized".into()),
            "{accept}"
        );
    }
    let answer = page(&stranger, "text/html,application/xhtml+xml,*/*;q=0.8").await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(
        !answer.text().contains("<script"),
        "a stranger's page names no token and no widget"
    );
}

#[tokio::test]
async fn the_tag_carries_a_token_that_verifies_and_is_kept_nowhere() {
    let app = app().await;
    let ada = app.visitor();
    let user = ada.sign_up("ada@example.com").await.ok();
    let answer = page(&ada, "text/html").await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, Some("no-store"))
    );
    let html = answer.text();
    assert_eq!(attribute(&html, "src"), "https://reqio.app/widget.js");
    assert_eq!(attribute(&html, "data-project-id"), "acme");
    let claims = verify(
        &attribute(&html, "data-identity-token"),
        SECRET,
        "https://reqio.app/p/acme",
    );
    assert_eq!(
        (&claims["sub"], &claims["email"]),
        (&user["id"], &json!("ada@example.com"))
    );
}

#[tokio::test]
async fn a_name_cannot_become_markup() {
    let app = app().await;
    let eve = app.visitor();
    let name = "</strong><script>alert(1)</script>";
    let body = json!({ "name": name, "email": "eve@example.com", "password": "correct horse" });
    assert_eq!(eve.call("sign_up", body).await.ok()["name"], name);
    let html = page(&eve, "text/html").await.text();
    assert_eq!(
        attribute(&html, "data-project-id"),
        "acme",
        "the widget's is still the only script"
    );
    assert!(
        html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{html}"
    );
}
