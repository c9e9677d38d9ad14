//! Random bytes at every door: an answer with a code of ours, and no more.

use proptest::{
    collection::vec,
    prelude::{Strategy, any, prop_oneof},
    sample::select,
    test_runner::{Config, TestRunner},
};
use reqwest::{Method, header::HeaderValue};
use serde_json::{Map, Value};
use tokio::runtime::Runtime;

use crate::support::{Answer, App, ENDPOINTS, Visitor};

/// Every sentence that input of any kind may be answered with.
const SENTENCES: [&str; 6] = [
    "The request is not what this endpoint takes. If a page says so, load it again.",
    "You are not signed in.",
    "This request came from another site.",
    "Enter an email address, such as ada@example.com.",
    "Enter a name of 1 to 100 characters.",
    "Choose a password of 8 to 128 characters.",
];

fn is_ours(answer: &Answer) {
    match answer.status {
        200 => {}
        401 | 403 | 422 => {
            answer.error();
            let message = answer.json()["message"].clone();
            assert!(
                SENTENCES.iter().any(|sentence| message == *sentence)
                    || message
                        .as_str()
                        .unwrap()
                        .starts_with("This page was opened at "),
                "{message}"
            );
        }
        _ => panic!("{answer:?}"),
    }
}

/// Runs `check` with random values against one app: 256 of them, or as many as the variable
/// `PROPTEST_CASES` says.
fn check<S: Strategy>(strategy: S, check: impl AsyncFn(&Visitor, S::Value)) {
    let runtime = Runtime::new().unwrap();
    let app = runtime.block_on(App::start());
    let visitor = app.visitor();
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&strategy, |value| {
            runtime.block_on(check(&visitor, value));
            Ok(())
        })
        .unwrap();
    let health = runtime.block_on(visitor.get("/healthz"));
    assert_eq!(health.status, 200);
}

#[test]
fn random_bytes_as_a_body_get_an_answer_of_ours() {
    check(
        (select(&ENDPOINTS[..]), vec(any::<u8>(), 0..200)),
        async |visitor, (endpoint, body)| {
            is_ours(&visitor.call_with(endpoint, body).await);
        },
    );
}

#[test]
fn random_json_as_a_body_gets_an_answer_of_ours() {
    // No text here has an `@`, so none is an email: nothing is hashed, and the cases take no time.
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[^@]{0,20}".prop_map(Value::from),
        select(&["pro", "month", "free", "year"][..]).prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 20, 4, |inner| vec(inner, 0..4).prop_map(Value::Array));
    let names = [
        "name",
        "email",
        "password",
        "plan",
        "interval",
        "sub",
        "__proto__",
        "",
    ];
    let members = vec((select(names.to_vec()), value), 0..8);
    let object = members.prop_map(|members| {
        Value::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<Map<_, _>>(),
        )
    });
    check(
        (select(&ENDPOINTS[..]), object),
        async |visitor, (endpoint, body)| {
            is_ours(&visitor.call(endpoint, body).await);
        },
    );
}

#[test]
fn random_headers_get_an_answer_of_ours() {
    let bytes = || vec(prop_oneof![0x20..=0x7e_u8, 0x80..=0xff_u8], 0..100);
    let name = select(
        &[
            "cookie",
            "origin",
            "sec-fetch-site",
            "accept",
            "referer",
            "x-forwarded-for",
        ][..],
    );
    let endpoint = select(&["session", "sign_out", "identity_token"][..]);
    check(
        (endpoint, name, bytes(), bytes()),
        async |visitor, (endpoint, name, value, session)| {
            let session = [b"session=".as_slice(), &session].concat();
            let request = visitor
                .request(Method::POST, &format!("/api/{endpoint}"))
                .header("content-type", "application/json")
                .header("cookie", HeaderValue::from_bytes(&session).unwrap())
                .header(name, HeaderValue::from_bytes(&value).unwrap());
            is_ours(&visitor.send(request.body("{}")).await);
        },
    );
}
