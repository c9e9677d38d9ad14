//! The HTTP contract: what each endpoint answers, and each of its errors.

use serde_json::{Value, json};

use crate::support::{Answer, App, ENDPOINTS, PASSWORD};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[tokio::test]
async fn a_stranger_is_told_where_reqio_is_and_nothing_else() {
    let app = App::start().await;
    let sandbox = app.sandbox.as_ref().unwrap();
    assert_eq!(
        app.visitor().call("session", json!({})).await.ok(),
        json!({
            "user": null,
            "reqio": {
                "project_id": "demo",
                "widget_url": format!("{sandbox}/widget.js"),
                "sandbox": true,
            },
            "identity": null
        })
    );
}

#[tokio::test]
async fn a_signed_in_page_load_brings_the_user_and_a_fresh_token() {
    let app = App::start().await;
    let pro = app.visitor();
    let user = pro.sign_in("pro@acme.test").await;
    let session = pro.call("session", json!({})).await.ok();
    assert_eq!(session["user"], user);
    assert_eq!(keys(&session["identity"]), ["expires_in", "token"]);
    assert_eq!(session["identity"]["expires_in"], 300);
    let identity = pro.call("identity_token", json!({})).await.ok();
    assert_eq!(keys(&identity), ["expires_in", "token"]);
    assert_eq!(identity["expires_in"], 300);
}

#[tokio::test]
async fn each_error_has_its_status_and_its_code() {
    let app = App::start().await;
    let visitor = app.visitor();
    assert_eq!(app.visitor().sign_up("taken@example.com").await.status, 200);
    let user =
        |name, email, password| json!({ "name": name, "email": email, "password": password });
    for (endpoint, body, status, code) in [
        (
            "sign_in",
            user("", "pro@acme.test", "wrong"),
            401,
            "invalid_credentials",
        ),
        (
            "sign_in",
            user("", "nobody@acme.test", "reqio-demo"),
            401,
            "invalid_credentials",
        ),
        (
            "sign_in",
            user("", "pro", "reqio-demo"),
            422,
            "invalid_input",
        ),
        (
            "sign_in",
            user("", "pro@acme.test", &"x".repeat(129)),
            422,
            "invalid_input",
        ),
        (
            "sign_up",
            user("Ada", "taken@example.com", PASSWORD),
            409,
            "email_taken",
        ),
        (
            "sign_up",
            user("Ada", "TAKEN@example.com", PASSWORD),
            409,
            "email_taken",
        ),
        (
            "sign_up",
            user(" ", "ada@example.com", PASSWORD),
            422,
            "invalid_input",
        ),
        (
            "sign_up",
            user("Ada", "ada@", PASSWORD),
            422,
            "invalid_input",
        ),
        (
            "sign_up",
            user("Ada", "ada@example.com", "1234567"),
            422,
            "invalid_input",
        ),
        ("identity_token", json!({}), 401, "unauthorized"),
        (
            "change_plan",
            json!({ "plan": "pro", "interval": "month" }),
            401,
            "unauthorized",
        ),
        (
            "change_plan",
            json!({ "plan": "gold", "interval": "month" }),
            422,
            "invalid_input",
        ),
        (
            "change_plan",
            json!({ "plan": "pro", "interval": "week" }),
            422,
            "invalid_input",
        ),
    ] {
        let answer = visitor.call(endpoint, body.clone()).await;
        assert_eq!(
            answer.error(),
            (status, code.to_owned()),
            "{endpoint} {body}"
        );
        assert_eq!(answer.header("set-cookie"), None, "{endpoint} {body}");
    }
}

#[tokio::test]
async fn an_unknown_user_and_a_wrong_password_get_the_same_answer() {
    let app = App::start().await;
    let visitor = app.visitor();
    let wrong = visitor
        .call(
            "sign_in",
            json!({ "email": "pro@acme.test", "password": "wrong" }),
        )
        .await;
    let unknown = visitor
        .call(
            "sign_in",
            json!({ "email": "nobody@acme.test", "password": "wrong" }),
        )
        .await;
    assert_eq!(wrong.error(), (401, "invalid_credentials".into()));
    assert_eq!(wrong.body, unknown.body);
    let names = |answer: &Answer| {
        answer
            .headers
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&wrong), names(&unknown));
}

#[tokio::test]
async fn nothing_keeps_what_a_server_function_answers() {
    let app = App::start().await;
    let (stranger, pro) = (app.visitor(), app.visitor());
    pro.sign_in("pro@acme.test").await;
    for endpoint in ENDPOINTS {
        for visitor in [&stranger, &pro] {
            let answer = visitor.call(endpoint, json!({})).await;
            assert_eq!(
                answer.header("cache-control"),
                Some("no-store"),
                "{endpoint}"
            );
        }
    }
}

#[tokio::test]
async fn an_unknown_endpoint_is_a_json_404_for_every_method_at_every_depth() {
    let app = App::start().await;
    let visitor = app.visitor();
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/session/",
        "/api/session/x",
        "/api/a/b/c/d.js",
        "/api/%73ession",
    ] {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"] {
            let request = visitor
                .request(method.parse().unwrap(), path)
                .header("accept", "text/html");
            assert_eq!(
                visitor.send(request).await.error(),
                (404, "not_found".into()),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn whoever_watches_over_the_server_hears_that_it_is_well() {
    let app = App::start().await;
    for path in ["/healthz", "/readyz"] {
        let answer = app.visitor().get(path).await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, "ok"),
            "{path}"
        );
    }
}
