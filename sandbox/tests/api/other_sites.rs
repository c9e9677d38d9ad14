//! What a hostile page, or the wrong one, can do: nothing.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
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

#[tokio::test]
async fn no_other_page_can_read_the_teams_view() {
    let bench = Bench::new().await;
    for path in [
        "/p/demo",
        "/p/demo/identity",
        "/p/demo/api/v1/requesters",
        "/p/demo/api/v1/verdicts",
    ] {
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
async fn a_name_that_foreign_dns_points_at_this_machine_is_not_answered() {
    let bench = Bench::new().await;
    let call = |host| {
        bench.send(
            axum::http::Request::get("/p/demo")
                .header("host", host)
                .body(Body::empty())
                .unwrap(),
        )
    };
    for host in [
        "evil.test",
        "evil.test:3001",
        "localhost.evil.test",
        "127.0.0.1.evil.test",
        "",
    ] {
        assert_eq!(
            call(host).await.error(),
            (421, "host_not_allowed".into()),
            "{host:?}"
        );
    }
    for host in [
        "localhost:3001",
        "127.0.0.1:3001",
        "[::1]:3001",
        "sandbox:3001",
        "reqio.localhost",
    ] {
        assert_eq!(call(host).await.status, 200, "{host:?}");
    }
}

#[tokio::test]
async fn a_name_that_is_allowed_as_an_origin_is_answered() {
    let mut config = config();
    config.allowed_origins =
        AllowedOrigins::These(vec!["https://app.example.com".parse().unwrap()]);
    let bench = Bench::with(config).await;
    let call = |host| {
        bench.send(
            axum::http::Request::get("/healthz")
                .header("host", host)
                .body(Body::empty())
                .unwrap(),
        )
    };
    assert_eq!(call("app.example.com:3001").await.status, 200);
    assert_eq!(
        call("example.com:3001").await.error(),
        (421, "host_not_allowed".into())
    );
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

#[tokio::test]
async fn only_this_machine_may_script_the_sandbox() {
    let bench = Bench::new().await;
    let from = |peer: Option<&str>| {
        let mut call = request("POST", "/sandbox/v1/reset");
        if let Some(peer) = peer {
            let peer: SocketAddr = peer.parse().unwrap();
            call = call.extension(ConnectInfo(peer));
        }
        bench.send(call.body(Body::empty()).unwrap())
    };
    for peer in [
        "127.0.0.1:1",
        "127.9.9.9:1",
        "[::1]:1",
        "[::ffff:127.0.0.1]:1",
    ] {
        assert_eq!(from(Some(peer)).await.status, 204, "{peer}");
    }
    for peer in [Some("192.0.2.1:1"), Some("[::ffff:192.0.2.1]:1"), None] {
        let answer = from(peer).await;
        assert_eq!(answer.error(), (403, "not_this_machine".into()), "{peer:?}");
    }
}

#[tokio::test]
async fn nothing_that_a_proxy_on_this_machine_hands_on_scripts_the_sandbox() {
    let bench = Bench::new().await;
    for (name, value) in [
        ("Forwarded", "for=192.0.2.1"),
        ("Via", "1.1 proxy"),
        ("X-Forwarded-For", "192.0.2.1"),
        ("X-Forwarded-Host", "sandbox.example.com"),
        ("X-Forwarded-Proto", "https"),
        ("X-Real-IP", "192.0.2.1"),
    ] {
        let call = request("POST", "/sandbox/v1/reset")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))))
            .header(name, value);
        let answer = bench.send(call.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.error(), (403, "not_this_machine".into()), "{name}");
    }
}

#[tokio::test]
async fn no_page_of_another_origin_can_script_the_sandbox_from_this_machine() {
    let bench = Bench::new().await;
    bench.get_as(&mint(&claims()), "/api/features").await;
    let calls = [("POST", "reset"), ("GET", "verdicts"), ("GET", "health")];
    for (method, path) in calls {
        let call = |host: &str, name: &str, value: &str| {
            let call = axum::http::Request::builder()
                .method(method)
                .uri(format!("/sandbox/v1/{path}"))
                .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))))
                .header("host", host)
                .header(name, value);
            bench.send(call.body(Body::empty()).unwrap())
        };
        for (name, value) in [
            ("origin", "https://evil.test"),
            ("origin", "http://localhost:3000"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let answer = call("localhost:3001", name, value).await;
            assert_eq!(
                answer.error(),
                (403, "cross_site".into()),
                "{name}: {value}"
            );
            assert!(!answer.headers.contains_key("access-control-allow-origin"));
        }
        // A name that foreign DNS points at this machine makes its page the origin's own.
        for host in ["evil.test:3001", "sandbox:3001", "192.0.2.1:3001", ""] {
            let origin = format!("http://{host}");
            for (name, value) in [("origin", &*origin), ("sec-fetch-site", "same-origin")] {
                let answer = call(host, name, value).await;
                assert_eq!(answer.error(), (421, "host_not_allowed".into()), "{host:?}");
            }
        }
    }
    let verdicts = bench.script("GET", "verdicts", &json!(null)).await.json();
    assert_eq!(verdicts["verdicts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_sandbox_for_pages_of_elsewhere_is_scripted_by_nobody() {
    let mut config = config();
    let origins = ["http://localhost:3000", "https://app.example.com"];
    let origins = origins.map(|origin| origin.parse().unwrap());
    config.allowed_origins = AllowedOrigins::These(origins.to_vec());
    let bench = Bench::with(config).await;
    let answer = bench.script("POST", "reset", &json!(null)).await;
    assert_eq!(answer.error(), (403, "not_this_machine".into()));
}
