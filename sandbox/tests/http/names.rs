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
