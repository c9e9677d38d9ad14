//! Random bytes at every door: an answer of the sandbox's own, and no failure. 256 cases each, or
//! as many as the variable `PROPTEST_CASES` says.

use std::ops::AsyncFn;

use axum::body::Body;
use axum::http::{HeaderValue, Request};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use crate::bench::{AUDIENCE, Answer, Bench, NOW, SECRET, claims, mint, request, sign};

/// The addresses of the widget's API, each with its method.
const CALLS: [(&str, &str); 7] = [
    ("GET", "/api/widget-config"),
    ("GET", "/api/identity"),
    ("GET", "/api/features/mine"),
    ("GET", "/api/notifications"),
    ("POST", "/api/features"),
    ("POST", "/api/features/1/vote"),
    ("DELETE", "/api/features/1/vote"),
];

/// Whatever was sent, it is taken or refused with a code, and never a failure of the sandbox.
fn is_its_own(answer: &Answer) {
    match answer.status.as_u16() {
        200..=399 => {}
        400..=499 => {
            let error = answer.json();
            assert!(
                error["error"].is_string() && error["message"].is_string(),
                "{error}"
            );
        }
        status => panic!("{status}: {}", answer.text),
    }
}

/// Sends what `call` makes of each value to one sandbox, which has one public feature to vote on.
fn check<S: Strategy>(strategy: S, call: impl AsyncFn(&Bench, S::Value) -> Answer) {
    let runtime = Runtime::new().unwrap();
    let bench = runtime.block_on(Bench::new());
    let feature = json!({ "kind": "request", "title": "Dark mode" });
    assert_eq!(
        runtime
            .block_on(bench.post_as(&mint(&claims()), "/api/features", &feature))
            .status,
        201
    );
    TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    })
    .run(&strategy, |value| {
        is_its_own(&runtime.block_on(call(&bench, value)));
        Ok(())
    })
    .unwrap();
}

/// JSON of any shape, with the words that mean something here more often than chance would have it.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-400_i64..400).prop_map(|seconds| Value::from(NOW + seconds)),
        any::<String>().prop_map(Value::from),
        select(&["request", "error", "pro", "month", "year", AUDIENCE][..]).prop_map(Value::from),
    ];
    let name = || {
        prop_oneof![
            select(&["plan", "amount", "interval", ""][..]).prop_map(str::to_owned),
            any::<String>()
        ]
    };
    leaf.prop_recursive(3, 20, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((name(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The good object with some of its members replaced.
fn object(good: Value, names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    vec((select(names), any_json()), 0..4).prop_map(move |members| {
        let mut object: Map<String, Value> = good.as_object().unwrap().clone();
        object.extend(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        object.into()
    })
}

fn posted(path: &str, body: impl Into<Body>) -> Request<Body> {
    let call = request("POST", path)
        .header("x-reqio-anonymous-id", "anyone")
        .header("content-type", "application/json");
    call.body(body.into()).unwrap()
}

#[test]
fn random_bytes_as_a_body_get_an_answer_of_the_sandboxs_own() {
    check(
        (select(&CALLS[4..6]), vec(any::<u8>(), 0..300)),
        async |bench, ((_, path), body)| bench.send(posted(path, body)).await,
    );
}

#[test]
fn random_json_as_a_body_gets_an_answer_of_the_sandboxs_own() {
    let good = json!({ "kind": "request", "title": "Dark mode", "details": "" });
    check(
        object(good, &["kind", "title", "details", "other"]),
        async |bench, body| bench.send(posted("/api/features", body.to_string())).await,
    );
}

#[test]
fn random_claims_rightly_signed_get_an_answer_of_the_sandboxs_own() {
    let names = &[
        "sub", "email", "traits", "aud", "iat", "exp", "nbf", "other",
    ];
    check(
        (select(&CALLS[..]), object(claims(), names)),
        async |bench, ((method, path), claims)| {
            let call =
                request(method, path).header("authorization", format!("Bearer {}", mint(&claims)));
            let call = call.header("content-type", "application/json");
            bench
                .send(
                    call.body(Body::from(r#"{"kind":"error","title":"x"}"#))
                        .unwrap(),
                )
                .await
        },
    );
}

#[test]
fn random_headers_and_payloads_rightly_signed_get_an_answer_of_the_sandboxs_own() {
    let header = object(
        json!({ "alg": "HS256", "typ": "JWT" }),
        &["alg", "typ", "crit", "kid", "b64"],
    );
    let payload = prop_oneof![
        any_json().prop_map(|json| json.to_string()),
        any::<String>()
    ];
    check((header, payload), async |bench, (header, payload)| {
        bench
            .get_as(
                &sign(&header.to_string(), &payload, SECRET.as_bytes()),
                "/api/identity",
            )
            .await
    });
}

#[test]
fn random_headers_get_an_answer_of_the_sandboxs_own() {
    let names = [
        "authorization",
        "x-reqio-project",
        "x-reqio-anonymous-id",
        "origin",
        "sec-fetch-site",
        "host",
        "content-type",
    ];
    let value = vec(prop_oneof![0x20..=0x7e_u8, 0x80..=0xff_u8], 0..200);
    let value = (
        select(&["", "Bearer ", "http://localhost:", "a.b."][..]),
        value,
    )
        .prop_map(|(prefix, bytes)| {
            HeaderValue::from_bytes(&[prefix.as_bytes(), &bytes].concat()).unwrap()
        });
    check(
        (select(&CALLS[..]), select(names.to_vec()), value),
        async |bench, ((method, path), name, value)| {
            let mut call = request(method, path).body(Body::from("{}")).unwrap();
            call.headers_mut().insert(name, value);
            bench.send(call).await
        },
    );
}

#[test]
fn random_paths_and_forms_get_an_answer_of_the_sandboxs_own() {
    let escaped = vec(any::<u8>(), 0..20).prop_map(|bytes| {
        bytes
            .iter()
            .map(|byte| format!("%{byte:02x}"))
            .collect::<String>()
    });
    let piece = prop_oneof![
        escaped,
        select(&["demo", "1", "-1", "9223372036854775808"][..]).prop_map(str::to_owned)
    ];
    let paths = [
        "/p/{}",
        "/p/demo/features/{}/status",
        "/p/{}/identity",
        "/p/{}?embed",
        "/api/features/{}/vote",
    ];
    let form = prop_oneof!["(token|status)=[ -~]{0,60}", "[ -~]{0,60}"];
    check(
        (
            select(&["GET", "POST"][..]),
            select(paths.to_vec()),
            piece,
            form,
        ),
        async |bench, (method, path, piece, form)| {
            let call = request(method, &path.replace("{}", &piece))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded");
            bench.send(call.body(Body::from(form)).unwrap()).await
        },
    );
}
