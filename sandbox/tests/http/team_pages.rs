//! What other pages can do with those of the team: neither read them nor change anything by them.

use axum::body::Body;
use serde_json::json;

use crate::bench::{Bench, claims, mint, request};

#[tokio::test]
async fn no_other_page_can_read_the_teams_view() {
    let bench = Bench::new().await;
    for path in ["/p/demo", "/p/demo/identity", "/p/demo/api/v1/requesters"] {
        let call = request("GET", path)
            .header("origin", "http://localhost:3000")
            .body(Body::empty())
            .unwrap();
        let answer = bench.send(call).await;
        assert!(
            !answer.headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
        assert_eq!(
            answer.headers["cross-origin-resource-policy"], "same-origin",
            "{path}"
        );
    }
}

#[tokio::test]
async fn no_other_page_can_change_a_status_or_use_the_judge() {
    let bench = Bench::new().await;
    let body = json!({ "kind": "request", "title": "Dark mode" });
    let id = bench
        .post_as(&mint(&claims()), "/api/features", &body)
        .await
        .json()["id"]
        .clone();
    let path = format!("/p/demo/features/{id}/status");
    for (path, form) in [
        (path.as_str(), "status=shipped"),
        ("/p/demo/identity", "token=x"),
    ] {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.test"),
            ("origin", "http://localhost:3000"),
            ("origin", "null"),
        ] {
            let call = request("POST", path)
                .header("content-type", "application/x-www-form-urlencoded")
                .header(name, value);
            let answer = bench.send(call.body(Body::from(form)).unwrap()).await;
            assert_eq!(
                answer.error(),
                (403, "cross_site".into()),
                "{path} {name}: {value}"
            );
        }
    }
    assert_eq!(
        bench.get("/p/demo/api/v1/features").await.json()["features"][0]["status"],
        "needs_action"
    );
    let own = request("POST", &path).header("origin", "http://localhost:3001");
    let own = own
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("status=shipped"));
    assert_eq!(bench.send(own.unwrap()).await.status, 303);
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let bench = Bench::new().await;
    for path in [
        "/healthz",
        "/widget.js",
        "/api/features",
        "/p/demo",
        "/p/demo/identity",
        "/p/other",
        "/nowhere",
    ] {
        let headers = bench.get(path).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        let framed_by = if path.starts_with("/p/") {
            "localhost:* *.localhost:* 127.0.0.1:*"
        } else {
            "'none'"
        };
        assert!(
            policy.starts_with("default-src 'none'")
                && policy.ends_with(&format!("frame-ancestors {framed_by}")),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
    }
    assert_eq!(
        bench.get("/widget.js").await.headers["cross-origin-resource-policy"],
        "cross-origin"
    );
    assert_eq!(
        bench.get("/api/identity").await.headers["cache-control"],
        "no-store"
    );
}

#[tokio::test]
async fn the_pages_need_nothing_inline() {
    let bench = Bench::new().await;
    for path in ["/p/demo", "/p/demo/identity"] {
        let page = bench.get(path).await.text;
        for inline in ["<style", " style=", " onclick=", "<script>", "javascript:"] {
            assert!(!page.contains(inline), "{path} has {inline:?}");
        }
    }
}

/// Once `SANDBOX_PUBLIC_URL` lets others in, everybody reads the team's pages.
#[tokio::test]
async fn where_others_come_too_nobody_is_told_an_address() {
    let mut config = crate::bench::config();
    let origins = ["https://app.example.com", "https://sandbox.example.com"];
    let origins = origins.map(|origin| origin.parse().unwrap()).to_vec();
    config.allowed_origins = sandbox::AllowedOrigins::These(origins);
    config.seed = sandbox::Seed::demo();
    let bench = Bench::with(config).await;
    bench.get_as(&mint(&claims()), "/api/features").await;
    let mut refused = claims();
    refused["aud"] = "demo".into();
    bench.get_as(&mint(&refused), "/api/features").await;

    let requesters = bench.get("/p/demo/api/v1/requesters").await;
    assert_eq!(requesters.error(), (403, "not_this_machine".into()));
    for (path, shown) in [
        ("/p/demo", "cus_fjord"),
        ("/p/demo?embed", "Sign in with SAML"),
        ("/p/demo/identity", "Have a token judged"),
        ("/p/demo/api/v1/features", "cus_fjord"),
    ] {
        let text = bench.get(path).await.text;
        assert!(text.contains(shown), "{path}: {text}");
        assert!(
            !text.contains("fjord.test") && !text.contains("acme.test"),
            "{path}: {text}"
        );
    }
    let own = bench
        .submit("/p/demo/identity", &format!("token={}", mint(&claims())))
        .await;
    assert!(own.text.contains("accepted"), "{}", own.text);
}
