//! Bodies that no page of ours would send: refused with a code, never a 500, and nothing of them
//! comes back.

use reqwest::Method;
use serde_json::json;

use crate::support::{App, Connection, ENDPOINTS};

/// Stands in every body, and must not stand in any answer.
const CANARY: &str = "canary-5f1e";

#[tokio::test]
async fn what_is_not_json_is_invalid_input() {
    let app = App::start().await;
    let visitor = app.visitor();
    let bodies: [&[u8]; 11] = [
        b"",
        b"{",
        b"null",
        b"\"canary-5f1e\"",
        b"42",
        b"{\"canary-5f1e\"}",
        b"{} canary-5f1e",
        b"{'email': 'canary-5f1e'}",
        b"email=canary-5f1e&password=canary-5f1e",
        b"{\"canary-5f1e\xff\": 1}",
        b"\0canary-5f1e\0",
    ];
    for endpoint in ENDPOINTS {
        for body in bodies {
            let answer = visitor.call_with(endpoint, body.to_vec()).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            assert_eq!(
                answer.error(),
                (422, "invalid_input".into()),
                "{endpoint} {shown}"
            );
            assert_eq!(
                answer.json()["message"],
                "The request is not what this endpoint takes. If a page says so, load it again."
            );
            assert_eq!(answer.header("retry-after"), None);
        }
    }
}

#[tokio::test]
async fn nesting_without_end_exhausts_nothing() {
    let app = App::start().await;
    let visitor = app.visitor();
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    for (endpoint, member) in [
        ("sign_in", "email"),
        ("sign_up", "name"),
        ("change_plan", "plan"),
    ] {
        let answer = visitor
            .call_with(endpoint, format!("{{\"{member}\":{deep}}}"))
            .await;
        assert_eq!(answer.error(), (422, "invalid_input".into()), "{endpoint}");
    }
    for endpoint in ENDPOINTS {
        let answer = visitor.call_with(endpoint, deep.clone()).await;
        assert_eq!(answer.error(), (422, "invalid_input".into()), "{endpoint}");
        let ignored = visitor
            .call_with(endpoint, format!("{{\"{CANARY}\":{deep}}}"))
            .await;
        assert_eq!(
            ignored.status,
            visitor.call(endpoint, json!({})).await.status,
            "{endpoint}"
        );
        assert!(!ignored.text().contains(CANARY), "{endpoint}");
    }
}

#[tokio::test]
async fn a_member_that_is_missing_or_of_the_wrong_type_is_invalid_input() {
    let app = App::start().await;
    let visitor = app.visitor();
    visitor.sign_in("pro@acme.test").await;
    let right = [
        (
            "sign_in",
            json!({ "email": "ada@example.com", "password": "correct horse" }),
        ),
        (
            "sign_up",
            json!({ "name": "Ada", "email": "ada@example.com", "password": "correct horse" }),
        ),
        ("change_plan", json!({ "plan": "pro", "interval": "month" })),
    ];
    for (endpoint, body) in right {
        for member in body.as_object().unwrap().keys() {
            let mut missing = body.clone();
            missing.as_object_mut().unwrap().remove(member);
            assert_eq!(
                visitor.call(endpoint, missing).await.error(),
                (422, "invalid_input".into()),
                "{member}"
            );
            for wrong in [
                json!(null),
                json!(1),
                json!(true),
                json!([CANARY]),
                json!({ CANARY: CANARY }),
            ] {
                let mut body = body.clone();
                body[member] = wrong;
                let answer = visitor.call(endpoint, body.clone()).await;
                assert_eq!(
                    answer.error(),
                    (422, "invalid_input".into()),
                    "{endpoint} {body}"
                );
                assert!(
                    !answer.text().contains(CANARY) && !answer.text().contains(member),
                    "{}",
                    answer.text()
                );
            }
            let twice = format!("{{\"{member}\":{},{}", body[member], &body.to_string()[1..]);
            assert_eq!(
                visitor.call_with(endpoint, twice).await.error(),
                (422, "invalid_input".into()),
                "{member}"
            );
        }
    }
    assert_eq!(visitor.user().await["email"], "pro@acme.test");
}

#[tokio::test]
async fn values_no_account_can_have_are_invalid_input() {
    let app = App::start().await;
    let visitor = app.visitor();
    let long = CANARY.repeat(50);
    for (name, email, password) in [
        ("Ada\0", "ada@example.com", "correct horse"),
        ("Ada", "ada\0@example.com", "correct horse"),
        (long.as_str(), "ada@example.com", "correct horse"),
        ("Ada", &format!("{long}@example.com"), "correct horse"),
        ("Ada", "ada@example.com", &long),
        (
            "Ada\r\nSet-Cookie: canary-5f1e=1",
            "ada@example.com",
            "correct horse",
        ),
    ] {
        let answer = visitor
            .call(
                "sign_up",
                json!({ "name": name, "email": email, "password": password }),
            )
            .await;
        assert_eq!(
            answer.error(),
            (422, "invalid_input".into()),
            "{name:?} {email:?}"
        );
        assert!(!answer.text().contains(CANARY), "{}", answer.text());
    }
    let half =
        "{\"name\":\"\\ud800\",\"email\":\"ada@example.com\",\"password\":\"correct horse\"}";
    assert_eq!(
        visitor.call_with("sign_up", half).await.error(),
        (422, "invalid_input".into())
    );
}

#[tokio::test]
async fn a_path_that_is_no_text_is_answered_like_any_other() {
    let app = App::start().await;
    for target in [
        "/%00",
        "/%ff%fe",
        "/%",
        "/api/%00",
        "/api/sign_in%00",
        "/%2e%2e/%00",
        "/?%00",
        "/server-rendered%00",
    ] {
        let answer = Connection::get(&app.origin, target).await;
        assert!(
            answer.status < 500 || answer.status == 503,
            "{target}: {answer:?}"
        );
    }
    let long = format!("/{}", "x".repeat(5_000));
    let visitor = app.visitor();
    let long = visitor
        .request(Method::GET, &long)
        .header("accept", "text/html");
    assert_eq!(
        visitor.send(long).await.status,
        visitor.get("/").await.status
    );
}
