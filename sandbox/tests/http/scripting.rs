//! Who may script the sandbox: this machine alone, and no page on it but its own.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use sandbox::AllowedOrigins;
use serde_json::json;

use crate::bench::{Bench, claims, config, mint, request};

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
