//! Nothing grows without end, and nothing sent makes it fail.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::bench::{Bench, claims, mint, request};

#[tokio::test]
async fn verdicts_are_kept_up_to_1000_and_the_oldest_go() {
    let bench = Bench::new().await;
    for _ in 0..1_005 {
        bench.get("/api/features").await;
    }
    assert_eq!(bench.verdicts().await[0]["id"], 1_005);
    for (before, kept) in [(56, 50), (55, 49), (6, 0)] {
        let path = format!("verdicts?before={before}");
        let answer = bench.script("GET", &path, &Value::Null).await.json();
        assert_eq!(
            answer["verdicts"].as_array().unwrap().len(),
            kept,
            "{before}"
        );
    }
}

#[tokio::test]
async fn features_are_kept_up_to_500_and_one_more_is_a_clear_error() {
    let bench = Bench::new().await;
    let body = json!({ "kind": "feedback", "title": "x" });
    for _ in 0..500 {
        assert_eq!(
            bench
                .post_anonymously("a", "/api/features", &body)
                .await
                .status,
            201
        );
    }
    assert_eq!(
        bench
            .post_anonymously("a", "/api/features", &body)
            .await
            .error(),
        (409, "backlog_full".into())
    );
}

#[tokio::test]
async fn the_visitor_not_seen_for_longest_is_forgotten_at_2000() {
    let bench = Bench::new().await;
    for number in 0..2_001 {
        let mut claims = claims();
        claims["sub"] = format!("usr_{number}").into();
        assert_eq!(
            bench.get_as(&mint(&claims), "/api/identity").await.status,
            200
        );
    }
    let listed = bench.get("/p/demo/api/v1/requesters").await.json()["requesters"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(listed.len(), 2_000);
    assert!(
        !listed.iter().any(|requester| requester["id"] == "usr_0"),
        "the oldest is still there"
    );
}

#[tokio::test]
async fn text_that_is_too_long_or_missing_is_refused_with_a_reason() {
    let bench = Bench::new().await;
    for (body, status, code) in [
        (
            json!({ "kind": "request", "title": "x".repeat(141) }),
            422,
            "invalid_input",
        ),
        (
            json!({ "kind": "request", "title": "x", "details": "x".repeat(4_001) }),
            422,
            "invalid_input",
        ),
        (
            json!({ "kind": "request", "title": "  " }),
            422,
            "invalid_input",
        ),
        (json!({ "kind": "wish", "title": "x" }), 400, "invalid_json"),
        (json!({ "kind": "request" }), 400, "invalid_json"),
        (
            json!({ "kind": "request", "title": 1 }),
            400,
            "invalid_json",
        ),
        (json!([]), 400, "invalid_json"),
        (
            json!({ "kind": "request", "title": "x".repeat(2_000_000) }),
            413,
            "too_large",
        ),
    ] {
        let answer = bench
            .post_as(&mint(&claims()), "/api/features", &body)
            .await;
        assert_eq!(
            answer.error(),
            (status, code.into()),
            "{}",
            &body.to_string()[..40.min(body.to_string().len())]
        );
    }
    let longest =
        json!({ "kind": "request", "title": "é".repeat(140), "details": "é".repeat(4_000) });
    assert_eq!(
        bench
            .post_as(&mint(&claims()), "/api/features", &longest)
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up_on() {
    let bench = Bench::new().await;
    let here = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000)));
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let calls = [
        (request("POST", "/api/features"), json),
        (request("POST", "/p/demo/identity"), form),
        (request("PUT", "/sandbox/v1/clock").extension(here), json),
    ];
    let answers = calls.map(|(call, content_type)| {
        let call = call.header("x-reqio-anonymous-id", "a");
        let call = call.header("content-type", content_type);
        let endless =
            Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>());
        bench.send(call.body(endless).unwrap())
    });
    let answers = timeout(Duration::from_secs(30), join_all(answers)).await;
    for answer in answers.expect("they are waited for no longer") {
        assert_eq!(answer.error(), (408, "request_timeout".into()));
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let bench = Bench::new().await;
    let post = |content_type: &'static str, body: &'static str| {
        let call = request("POST", "/api/features")
            .header("x-reqio-anonymous-id", "a")
            .header("content-type", content_type);
        bench.send(call.body(Body::from(body)).unwrap())
    };
    assert_eq!(
        post("text/plain", r#"{"kind":"request","title":"x"}"#)
            .await
            .error(),
        (415, "unsupported_media_type".into())
    );
    assert_eq!(
        post("application/json", "{").await.error(),
        (400, "invalid_json".into())
    );
    assert_eq!(
        post("application/json", "\u{0}").await.error(),
        (400, "invalid_json".into())
    );
}

#[tokio::test]
async fn an_anonymous_visitor_needs_an_id_to_leave_something_behind() {
    let bench = Bench::new().await;
    let call = request("POST", "/api/features").header("content-type", "application/json");
    let answer = bench
        .send(
            call.body(Body::from(r#"{"kind":"request","title":"x"}"#))
                .unwrap(),
        )
        .await;
    assert_eq!(answer.error(), (400, "anonymous_id".into()));
    for id in ["", "a b", "é", &"x".repeat(65), "<script>"] {
        let call = request("GET", "/api/features").header("x-reqio-anonymous-id", id);
        assert_eq!(
            bench.send(call.body(Body::empty()).unwrap()).await.error(),
            (400, "anonymous_id".into()),
            "{id:?}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_json_error_and_never_a_failure() {
    let bench = Bench::new().await;
    for path in [
        "/nowhere",
        "/api/nowhere",
        "/p",
        "/p/demo/nowhere",
        "/api/features/1/nothing",
    ] {
        assert_eq!(
            bench.get(path).await.error(),
            (404, "not_found".into()),
            "{path}"
        );
    }
    for path in [
        "/api/features/99/vote",
        "/api/features/x/vote",
        "/api/features/99999999999999999999/vote",
    ] {
        assert_eq!(
            bench
                .post_anonymously("a", path, &Value::Null)
                .await
                .error(),
            (404, "not_found".into()),
            "{path}"
        );
    }
    for (path, code) in [
        ("/p/demo/features/99/status", 404),
        ("/p/demo/features/x/status", 404),
    ] {
        assert_eq!(
            bench.submit(path, "status=shipped").await.status,
            code,
            "{path}"
        );
    }
    assert_eq!(
        bench
            .submit("/p/demo/features/1/status", "status=gone")
            .await
            .error(),
        (422, "invalid_input".into())
    );
    assert_eq!(
        bench.submit("/p/demo/identity", "").await.error(),
        (422, "invalid_input".into())
    );
    let delete = request("DELETE", "/api/features")
        .header("x-reqio-anonymous-id", "a")
        .body(Body::empty())
        .unwrap();
    assert_eq!(
        bench.send(delete).await.error(),
        (405, "method_not_allowed".into())
    );
}

/// As much as a header carries: a token of 8 kB, with claims that take many times that in memory.
fn large_and_refused(number: usize) -> String {
    let mut claims = claims();
    claims["sub"] = number.into();
    claims["note"] = json!("x".repeat(2_000));
    claims["traits"] = json!([vec![1; 900]]);
    mint(&claims)
}

#[tokio::test]
async fn an_answer_has_at_most_50_verdicts_and_of_claims_so_much_as_helps() {
    let bench = Bench::new().await;
    for number in 0..120 {
        let token = large_and_refused(number);
        assert_eq!(bench.get_as(&token, "/api/identity").await.status, 401);
    }
    let answer = bench.script("GET", "verdicts", &Value::Null).await;
    let verdicts = answer.json()["verdicts"].as_array().unwrap().clone();
    assert_eq!(verdicts.len(), 50);
    assert_eq!(verdicts[0]["claims"]["sub"], 119, "what helps was cut");
    assert_eq!(verdicts[0]["header"]["alg"], "HS256");
    let page = bench.get("/p/demo/identity").await.text;
    for text in [answer.text, page] {
        assert!(text.len() < 150_000, "{} bytes", text.len());
    }
}

#[tokio::test]
async fn older_verdicts_are_asked_for_with_before() {
    let bench = Bench::new().await;
    for _ in 0..120 {
        bench.get("/api/features").await;
    }
    let mut ids = Vec::new();
    loop {
        let before = ids.last().map(|id| format!("?since=5&before={id}"));
        let path = format!("verdicts{}", before.unwrap_or_default());
        let answer = bench.script("GET", &path, &Value::Null).await.json();
        let page = answer["verdicts"].as_array().unwrap();
        if page.is_empty() {
            break;
        }
        ids.extend(page.iter().map(|verdict| verdict["id"].as_u64().unwrap()));
    }
    assert_eq!(ids, (6..=120).rev().collect::<Vec<_>>());
}
