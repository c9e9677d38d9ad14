//! A visitor is identified by a token that verifies, and by nothing else.

use crate::bench::{self, Bench, claims, mint, pro, request};
use serde_json::{Value, json};

#[tokio::test]
async fn a_visitor_without_a_token_is_anonymous() {
    let bench = Bench::new().await;
    let answer = bench.get("/api/identity").await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({ "identified": false, "requester": null })
    );
}

#[tokio::test]
async fn a_good_token_identifies_and_lists_the_requester_with_the_monthly_value() {
    let bench = Bench::new().await;
    let answer = bench.get_as(&mint(&claims()), "/api/identity").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["identified"], true);

    let listed = bench.get("/p/demo/api/v1/requesters").await.json();
    assert_eq!(listed["requesters"].as_array().unwrap().len(), 1);
    let requester = &listed["requesters"][0];
    assert_eq!(requester, &answer.json()["requester"]);
    assert_eq!(requester["id"], "usr_scale");
    assert_eq!(requester["email"], "scale@acme.test");
    assert_eq!(requester["plan"], "scale");
    assert_eq!(requester["amount"], 99_000);
    assert_eq!(requester["interval"], "year");
    assert_eq!(requester["monthly_amount"], 8_250);
    assert_eq!(requester["last_seen_at"], bench::NOW);
}

#[tokio::test]
async fn every_call_of_the_api_identifies() {
    for path in [
        "/api/widget-config",
        "/api/features",
        "/api/features/mine",
        "/api/notifications",
    ] {
        let bench = Bench::new().await;
        assert_eq!(
            bench.get_as(&mint(&claims()), path).await.status,
            200,
            "{path}"
        );
        let listed = bench.get("/p/demo/api/v1/requesters").await.json();
        assert_eq!(listed["requesters"][0]["id"], "usr_scale", "{path}");
    }
}

#[tokio::test]
async fn the_latest_traits_win_and_an_older_token_that_arrives_late_does_not() {
    let bench = Bench::new().await;
    let older = mint(&claims());
    bench.get_as(&older, "/api/features").await;
    bench.advance(10);
    let mut changed = claims();
    changed["iat"] = (bench::NOW + 10).into();
    changed["exp"] = (bench::NOW + 310).into();
    changed["traits"] = json!({ "plan": "pro", "amount": 2_900, "interval": "month" });
    bench.get_as(&mint(&changed), "/api/features").await;
    bench.advance(10);
    bench.get_as(&older, "/api/features").await;

    let requester = bench.get("/p/demo/api/v1/requesters").await.json()["requesters"][0].clone();
    assert_eq!(
        (&requester["plan"], &requester["monthly_amount"]),
        (&json!("pro"), &json!(2_900))
    );
    assert_eq!(requester["last_seen_at"], bench::NOW + 20);
}

#[tokio::test]
async fn a_token_that_says_only_who_leaves_the_rest_unknown() {
    let bench = Bench::new().await;
    let mut claims = claims();
    claims
        .as_object_mut()
        .unwrap()
        .retain(|name, _| !["email", "traits"].contains(&name.as_str()));
    let requester = bench.get_as(&mint(&claims), "/api/identity").await.json()["requester"].clone();
    for unknown in ["email", "plan", "amount", "interval", "monthly_amount"] {
        assert_eq!(requester[unknown], Value::Null, "{unknown}");
    }
}

#[tokio::test]
async fn a_bad_token_is_401_with_a_reason_and_never_an_anonymous_visitor() {
    let bench = Bench::new().await;
    let mut claims = claims();
    claims["aud"] = "demo".into();
    let answer = bench.get_as(&mint(&claims), "/api/features").await;
    assert_eq!(answer.error(), (401, "audience".into()));
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("https://reqio.app/p/demo")
    );
    assert_eq!(
        answer.headers["www-authenticate"],
        "Bearer error=\"invalid_token\""
    );
    assert_eq!(
        bench.get("/p/demo/api/v1/requesters").await.json(),
        json!({ "requesters": [] })
    );
}

#[tokio::test]
async fn an_authorization_header_that_is_no_bearer_token_is_refused() {
    let bench = Bench::new().await;
    for value in ["", "Bearer", "Basic dXNlcjpwYXNz", &mint(&claims())] {
        let answer = bench.send(
            request("GET", "/api/features")
                .header("authorization", value)
                .body("".into())
                .unwrap(),
        );
        assert_eq!(answer.await.error(), (401, "malformed".into()), "{value:?}");
    }
    let good = format!("Bearer {}", mint(&claims()));
    let twice = request("GET", "/api/features")
        .header("authorization", &good)
        .header("authorization", &good);
    assert_eq!(
        bench.send(twice.body("".into()).unwrap()).await.error(),
        (401, "malformed".into())
    );
}

#[tokio::test]
async fn every_request_leaves_a_verdict_that_tells_tokens_apart_and_keeps_none() {
    let bench = Bench::new().await;
    let (scale, pro) = (mint(&claims()), mint(&pro()));
    let mut expired = claims();
    expired["iat"] = (bench::NOW - 300).into();
    expired["exp"] = bench::NOW.into();
    let expired = mint(&expired);
    bench.get("/api/features").await;
    bench.get_as(&scale, "/api/features?secret=query").await;
    bench.get_as(&pro, "/api/features").await;
    bench.get_as(&pro, "/api/notifications").await;
    bench.get_as(&expired, "/api/features/mine").await;

    let answer = bench.script("GET", "verdicts", &Value::Null).await;
    let verdicts = answer.json()["verdicts"].as_array().unwrap().clone();
    let field = |name: &str| {
        verdicts
            .iter()
            .rev()
            .map(|verdict| verdict[name].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        field("who"),
        [
            json!("anonymous"),
            json!("usr_scale"),
            json!("usr_pro"),
            json!("usr_pro"),
            Value::Null
        ]
    );
    assert_eq!(field("accepted"), [true, true, true, true, false]);
    assert_eq!(
        field("code"),
        [
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            json!("expired")
        ]
    );
    assert_eq!(field("path")[1], "/api/features");
    let tokens = field("token_id");
    assert_eq!(tokens[0], Value::Null);
    assert_eq!(tokens[2], tokens[3]);
    assert_ne!(tokens[1], tokens[2]);
    assert_eq!(tokens[1].as_str().unwrap().len(), 8);
    assert_eq!(field("claims")[4]["sub"], "usr_scale");
    for token in [scale, pro, expired] {
        let signature = token.rsplit('.').next().unwrap();
        assert!(!answer.text.contains(signature), "a signature was kept");
    }
}

#[tokio::test]
async fn another_project_is_404_and_says_which_one_is_served() {
    let bench = Bench::new().await;
    for path in [
        "/p/other",
        "/p/other/identity",
        "/p/other/events",
        "/p/other/api/v1/requesters",
    ] {
        assert_eq!(
            bench.get(path).await.error(),
            (404, "unknown_project".into()),
            "{path}"
        );
    }
    let named = request("GET", "/api/features")
        .header("x-reqio-project", "other")
        .body("".into())
        .unwrap();
    let answer = bench.send(named).await;
    assert_eq!(answer.error(), (404, "unknown_project".into()));
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("\"demo\"")
    );
}
