//! What a page of another site can do by the widget's API: what an allowed one is meant to, and a
//! foreign one nothing.

use axum::body::Body;
use sandbox::AllowedOrigins;
use serde_json::json;

use crate::bench::{Bench, claims, config, mint, request};

const FOREIGN: [&str; 4] = [
    "https://evil.test",
    "null",
    "http://localhost.evil.test",
    "http://evil.test:3000",
];

#[tokio::test]
async fn a_page_on_this_machine_may_call_the_api_with_every_header_of_the_widget() {
    let bench = Bench::new().await;
    let preflight = request("OPTIONS", "/api/features")
        .header("origin", "http://localhost:3000")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type,x-reqio-anonymous-id,x-reqio-project",
        );
    let answer = bench.send(preflight.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.headers["access-control-allow-origin"],
        "http://localhost:3000"
    );
    let headers = answer.headers["access-control-allow-headers"]
        .to_str()
        .unwrap();
    for name in [
        "authorization",
        "content-type",
        "x-reqio-anonymous-id",
        "x-reqio-project",
    ] {
        assert!(headers.contains(name), "{name} is not in {headers}");
    }
}

#[tokio::test]
async fn a_page_can_read_why_its_token_was_refused() {
    let bench = Bench::new().await;
    let call = request("GET", "/api/features")
        .header("origin", "http://127.0.0.1:8080")
        .header("authorization", "Bearer x");
    let answer = bench.send(call.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.headers["access-control-allow-origin"],
        "http://127.0.0.1:8080"
    );
}

#[tokio::test]
async fn a_foreign_page_is_refused_before_anything_is_done() {
    let bench = Bench::new().await;
    for origin in FOREIGN {
        let call = request("POST", "/api/features")
            .header("origin", origin)
            .header("authorization", format!("Bearer {}", mint(&claims())))
            .header("content-type", "application/json")
            .body(Body::from(
                json!({ "kind": "request", "title": "x" }).to_string(),
            ));
        let answer = bench.send(call.unwrap()).await;
        assert_eq!(
            answer.error(),
            (403, "origin_not_allowed".into()),
            "{origin}"
        );
        assert!(
            !answer.headers.contains_key("access-control-allow-origin"),
            "{origin}"
        );
    }
    assert_eq!(
        bench.get("/p/demo/api/v1/features").await.json(),
        json!({ "features": [] })
    );
    assert_eq!(
        bench.get("/p/demo/api/v1/requesters").await.json(),
        json!({ "requesters": [] })
    );
}

#[tokio::test]
async fn an_image_of_another_site_leaves_no_verdict_behind() {
    let bench = Bench::new().await;
    let call = |site| {
        let image = request("GET", "/api/features")
            .header("x-reqio-project", "demo")
            .header("sec-fetch-site", site);
        bench.send(image.body(Body::empty()).unwrap())
    };
    for site in ["cross-site", "same-site"] {
        assert_eq!(
            call(site).await.error(),
            (403, "cross_site".into()),
            "{site}"
        );
    }
    assert_eq!(bench.verdicts().await.len(), 0);
    assert_eq!(call("none").await.status, 200, "a call of no page's");
    assert_eq!(bench.verdicts().await.len(), 1);
}

#[tokio::test]
async fn a_list_of_origins_shuts_out_the_other_pages_of_this_machine() {
    let mut config = config();
    config.allowed_origins = AllowedOrigins::These(vec!["http://localhost:3000".parse().unwrap()]);
    let bench = Bench::with(config).await;
    let call = |origin| {
        bench.send(
            request("GET", "/api/features")
                .header("origin", origin)
                .body(Body::empty())
                .unwrap(),
        )
    };
    assert_eq!(call("http://localhost:3000").await.status, 200);
    assert_eq!(
        call("http://localhost:3002").await.error(),
        (403, "origin_not_allowed".into())
    );
}

/// Browsers say nothing of where a request comes from that goes to a plain address.
#[tokio::test]
async fn what_comes_without_the_widgets_headers_leaves_no_verdict() {
    let bench = Bench::new().await;
    let image = request("GET", "/api/features").header("referer", "http://evil.test/");
    let answer = bench.send(image.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(bench.verdicts().await, Vec::<serde_json::Value>::new());
    for (name, value) in [
        ("x-reqio-project", "demo"),
        ("x-reqio-anonymous-id", "somebody"),
        ("authorization", "Bearer x"),
    ] {
        let before = bench.verdicts().await.len();
        let call = request("GET", "/api/features").header(name, value);
        bench.send(call.body(Body::empty()).unwrap()).await;
        assert_eq!(bench.verdicts().await.len(), before + 1, "{name}");
    }
}
