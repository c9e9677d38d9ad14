//! The names under which the sandbox answers.

use axum::body::Body;
use sandbox::AllowedOrigins;

use crate::bench::{Bench, config};

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

/// A page that calls the unspecified address reaches this machine, under a name of no machine.
#[tokio::test]
async fn an_unspecified_address_is_no_name_of_the_sandbox() {
    let bench = Bench::new().await;
    for host in [
        "0.0.0.0:3001",
        "0.0.0.0",
        "[::]:3001",
        "[::ffff:0.0.0.0]:3001",
    ] {
        for path in [
            "/api/features",
            "/p/demo",
            "/p/demo/api/v1/requesters",
            "/widget.js",
        ] {
            let call = axum::http::Request::get(path).header("host", host);
            let answer = bench.send(call.body(Body::empty()).unwrap()).await;
            assert_eq!(
                answer.error(),
                (421, "host_not_allowed".into()),
                "{host} {path}"
            );
        }
    }
}

/// A page of the same network can make a name without dots mean this machine. Other containers
/// call the sandbox by such a name, and are no browsers.
#[tokio::test]
async fn a_name_without_dots_is_answered_to_programs_and_to_no_browser() {
    let bench = Bench::new().await;
    let call = |headers: &[(&str, &str)]| {
        let call = axum::http::Request::get("/p/demo").header("host", "sandbox:3001");
        let call = headers
            .iter()
            .fold(call, |call, (name, value)| call.header(*name, *value));
        bench.send(call.body(Body::empty()).unwrap())
    };
    let node = [
        ("sec-fetch-mode", "cors"),
        ("accept-language", "*"),
        ("user-agent", "node"),
    ];
    for program in [&[][..], &[("user-agent", "curl/8.5.0")], &node] {
        assert_eq!(call(program).await.status, 200, "{program:?}");
    }
    for browser in [
        ("origin", "http://sandbox:3001"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64)"),
        ("accept-language", "en-US,en;q=0.9"),
    ] {
        let answer = call(&[browser]).await;
        assert_eq!(
            answer.error(),
            (421, "host_not_allowed".into()),
            "{browser:?}"
        );
    }
}

#[tokio::test]
async fn a_name_without_dots_that_is_allowed_as_an_origin_is_answered_to_browsers_too() {
    let mut config = config();
    config.allowed_origins = AllowedOrigins::These(vec!["http://app:3000".parse().unwrap()]);
    let bench = Bench::with(config).await;
    let call = axum::http::Request::get("/widget.js")
        .header("host", "app:3001")
        .header("user-agent", "Mozilla/5.0");
    let answer = bench.send(call.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
}
