//! What pages of other sites can do to a visitor who is signed in here: nothing. Every cell of the
//! matrix, with `PUBLIC_URL` set.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, App, ENDPOINTS, HTTPS, PASSWORD, Visitor};

pub(super) const ORIGINS: [Option<&str>; 5] = [
    None,
    Some(App::PUBLIC_URL),
    Some("https://evil.test"),
    Some("null"),
    Some("http://localhost:3000.evil.test"),
];

/// `Sec-Fetch-Site`, and whether a request with it and each of [`ORIGINS`] may be from a page of
/// ours.
pub(super) const OWN: [(Option<&str>, [bool; 5]); 5] = [
    (None, [true, true, false, false, false]),
    (Some("same-origin"), [true, true, false, false, false]),
    (Some("none"), [true, true, false, false, false]),
    (Some("same-site"), [false, false, false, false, false]),
    (Some("cross-site"), [false, false, false, false, false]),
];

const CONTENT_TYPES: [(Option<&str>, bool); 5] = [
    (Some("application/json"), true),
    (Some("application/json; charset=utf-8"), true),
    (Some("text/plain"), false),
    (Some("application/x-www-form-urlencoded"), false),
    (None, false),
];

/// A body that would change something, had the request been let in with the visitor's session.
pub(super) fn harmful(endpoint: &str) -> Value {
    match endpoint {
        "sign_in" => json!({ "email": "scale@acme.test", "password": "reqio-demo" }),
        "sign_up" => json!({ "name": "Eve", "email": "eve@example.com", "password": PASSWORD }),
        "change_plan" => json!({ "plan": "scale", "interval": "year" }),
        "switch_fault" => json!({ "fault": "signed_out_elsewhere" }),
        _ => json!({}),
    }
}

/// What a stranger with an empty body gets who is let in.
fn let_in(endpoint: &str) -> u16 {
    match endpoint {
        "session" | "sign_out" | "lessons" => 200,
        "identity_token" => 401,
        _ => 422,
    }
}

/// The request in which everything but the matrix is as tempting as can be.
async fn send(
    visitor: &Visitor,
    endpoint: &str,
    method: &Method,
    [site, origin, content_type]: [Option<&str>; 3],
    body: &Value,
) -> Answer {
    let mut request = visitor.request(method.clone(), &format!("/api/{endpoint}"));
    for (name, value) in [
        ("sec-fetch-site", site),
        ("origin", origin),
        ("content-type", content_type),
    ] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    request = request
        .header("accept", "text/html")
        .header("referer", "https://evil.test/");
    visitor.send(request.body(body.to_string())).await
}

pub(super) fn gives_nothing_away(answer: &Answer) {
    let allows = answer
        .headers
        .keys()
        .any(|name| name.as_str().starts_with("access-control-"));
    assert!(!allows && answer.header("location").is_none(), "{answer:?}");
}

/// Every cell of one endpoint; returns how many were let in.
async fn all_cells(app: &App, endpoint: &str) -> usize {
    let (stranger, victim) = (app.visitor(), app.visitor());
    let before = victim
        .sign_up(&format!("{endpoint}@example.com"))
        .await
        .ok();
    let mut admitted = 0;
    for method in [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
    ] {
        for (site, own) in OWN {
            for (origin, own) in ORIGINS.into_iter().zip(own) {
                for (content_type, json) in CONTENT_TYPES {
                    let cell = [site, origin, content_type];
                    let refusal = match (method == Method::POST, own, json) {
                        (false, _, _) => (405, "method_not_allowed"),
                        (true, false, _) => (403, "cross_site"),
                        (true, true, false) => (415, "unsupported_media_type"),
                        (true, true, true) => {
                            let answer = send(&stranger, endpoint, &method, cell, &json!({})).await;
                            assert_eq!(answer.status, let_in(endpoint), "{endpoint} {cell:?}");
                            gives_nothing_away(&answer);
                            admitted += 1;
                            continue;
                        }
                    };
                    let answer = send(&victim, endpoint, &method, cell, &harmful(endpoint)).await;
                    let (status, code) = refusal;
                    assert_eq!(answer.status, status, "{method} {endpoint} {cell:?}");
                    if method != Method::HEAD {
                        assert_eq!(answer.error(), (status, code.to_owned()));
                    }
                    gives_nothing_away(&answer);
                    assert_eq!(
                        answer.header("set-cookie"),
                        None,
                        "{method} {endpoint} {cell:?}"
                    );
                }
            }
        }
    }
    assert_eq!(
        victim.user().await,
        before,
        "{endpoint} changed something for another site"
    );
    admitted
}

#[tokio::test]
async fn only_json_posted_by_a_page_of_ours_reaches_a_server_function() {
    let app = App::start().await;
    for endpoint in ENDPOINTS {
        // 6 of the 25 pairs of site and origin are ours, each with two spellings of the content
        // type.
        assert_eq!(all_cells(&app, endpoint).await, 12, "{endpoint}");
    }
    assert_eq!(
        app.visitor().sign_up("eve@example.com").await.status,
        200,
        "nobody has signed Eve up before"
    );
}

#[tokio::test]
async fn a_word_that_browsers_do_not_send_is_no_proof_of_a_page_of_ours() {
    let app = App::start().await;
    let visitor = app.visitor();
    for site in [
        "",
        "SAME-ORIGIN",
        "same-origin, cross-site",
        "same-origin ;",
        "own",
        "null",
    ] {
        let cell = [Some(site), Some(App::PUBLIC_URL), Some("application/json")];
        let answer = send(&visitor, "session", &Method::POST, cell, &json!({})).await;
        assert_eq!(answer.error(), (403, "cross_site".into()), "{site:?}");
    }
}

#[tokio::test]
async fn an_origin_that_only_looks_like_ours_is_foreign() {
    let app = App::start().await;
    let visitor = app.visitor();
    for origin in [
        "http://localhost",
        "http://localhost:30000",
        "https://localhost:3000",
        "http://LOCALHOST:3000",
        "http://localhost:3000/",
        "http://127.0.0.1:3000",
        "http://evil.test#http://localhost:3000",
        "http://localhost:3000, https://evil.test",
        "",
        &app.origin,
        app.sandbox.as_ref().unwrap(),
    ] {
        let cell = [None, Some(origin), Some("application/json")];
        let answer = send(&visitor, "session", &Method::POST, cell, &json!({})).await;
        assert_eq!(answer.error(), (403, "cross_site".into()), "{origin:?}");
    }
}

#[tokio::test]
async fn whoever_types_127_0_0_1_for_localhost_is_at_the_right_server() {
    let app = App::start().await;
    for (origin, status) in [
        ("http://127.0.0.1:3000", 200),
        ("http://[::1]:3000", 200),
        ("http://127.0.0.1:3001", 403),
        ("http://evil.test:3000", 403),
    ] {
        let cell = [Some("same-origin"), Some(origin), Some("application/json")];
        let answer = send(&app.visitor(), "session", &Method::POST, cell, &json!({})).await;
        assert_eq!(answer.status, status, "{origin}");
    }
}

#[tokio::test]
async fn a_refusal_names_the_origin_that_came_and_the_one_that_is_expected() {
    let app = App::start().await;
    let json = Some("application/json");
    for (site, origin) in [
        (None, "http://laptop:8080"),
        (Some("same-origin"), "http://localhost:8080"),
        (Some("same-site"), "http://laptop:8080"),
    ] {
        let cell = [site, Some(origin), json];
        let answer = send(&app.visitor(), "session", &Method::POST, cell, &json!({})).await;
        assert_eq!(answer.error(), (403, "cross_site".into()));
        let message = format!(
            "This page was opened at {origin}, but the server expects \
             PUBLIC_URL=http://localhost:3000. Set PUBLIC_URL to the address in the browser's \
             address bar."
        );
        assert_eq!(answer.json()["message"], message);
    }
    let origin = format!("http://{}", "x".repeat(1_000));
    let cell = [None, Some(origin.as_str()), json];
    let answer = send(&app.visitor(), "session", &Method::POST, cell, &json!({})).await;
    assert!(answer.text().len() < 500, "{}", answer.text());

    let cell = [Some("cross-site"), Some(App::PUBLIC_URL), json];
    let answer = send(&app.visitor(), "session", &Method::POST, cell, &json!({})).await;
    assert_eq!(
        answer.json()["message"],
        "This request came from another site."
    );
}

#[tokio::test]
async fn a_gateway_that_rewrites_the_origin_is_believed_only_about_pages_of_our_own() {
    let app = App::with(&HTTPS).await;
    let own = Some("app.example.com");
    for (site, origin, forwarded, status) in [
        (Some("same-origin"), "http://localhost:3000", own, 200),
        (Some("same-origin"), "https://localhost:3000", own, 200),
        (Some("same-origin"), "http://localhost:3000", None, 403),
        (
            Some("same-origin"),
            "http://localhost:3000",
            Some("evil.test"),
            403,
        ),
        (Some("same-origin"), "http://evil.test", own, 403),
        (Some("cross-site"), "http://localhost:3000", own, 403),
        (Some("none"), "http://localhost:3000", own, 403),
        (None, "http://localhost:3000", own, 403),
    ] {
        let visitor = app.visitor();
        let mut request = visitor
            .request(Method::POST, "/api/session")
            .header("origin", origin);
        for (name, value) in [("sec-fetch-site", site), ("x-forwarded-host", forwarded)] {
            request = value
                .into_iter()
                .fold(request, |request, value| request.header(name, value));
        }
        let answer = visitor.send(request.json(&json!({}))).await;
        assert_eq!(answer.status, status, "{site:?} {origin} {forwarded:?}");
    }
}
