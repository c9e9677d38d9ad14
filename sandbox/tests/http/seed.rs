//! The backlog that a sandbox starts with.

use sandbox::{Config, Seed};
use serde_json::{Value, json};

use crate::bench::{Bench, claims, config, mint, pro};

fn seeded() -> Config {
    let mut config = config();
    config.seed = Seed::demo();
    config
}

async fn titles(bench: &Bench) -> Vec<String> {
    let answer = bench.get("/p/demo/api/v1/features").await.json();
    let features = answer["features"].as_array().unwrap();
    let title = |feature: &Value| feature["title"].as_str().unwrap().to_owned();
    features.iter().map(title).collect()
}

#[tokio::test]
async fn the_demos_seed_has_customers_of_every_plan_and_only_they_are_behind_its_requests() {
    let bench = Bench::with(seeded()).await;
    let answer = bench.get("/p/demo/api/v1/requesters").await.json();
    for (plan, interval) in [
        ("free", "month"),
        ("pro", "month"),
        ("pro", "year"),
        ("scale", "month"),
        ("scale", "year"),
    ] {
        let mut requesters = answer["requesters"].as_array().unwrap().iter();
        let known = requesters.any(|one| one["plan"] == plan && one["interval"] == interval);
        assert!(known, "nobody is on {plan} by the {interval}");
    }
    let features = bench.get("/p/demo/api/v1/features").await.json();
    for feature in features["features"].as_array().unwrap() {
        for voice in feature["who"].as_array().unwrap() {
            assert!(voice["id"].as_str().unwrap().starts_with("cus_"), "{voice}");
        }
    }
}

#[tokio::test]
async fn whatever_a_paying_visitor_upvotes_first_in_the_demo_rises() {
    let bench = Bench::with(seeded()).await;
    let listed = bench.get("/api/features").await.json();
    let before = titles(&bench).await;
    for feature in listed["features"].as_array().unwrap() {
        let title = feature["title"].as_str().unwrap();
        let place = |titles: &[String]| titles.iter().position(|one| one == title).unwrap();
        for who in [pro(), claims()] {
            let vote = format!("/api/features/{}/vote", feature["id"]);
            bench.post_as(&mint(&who), &vote, &json!({})).await;
            let after = titles(&bench).await;
            let (from, to) = (place(&before), place(&after));
            assert!(
                to < from || from == 0,
                "{title} stays at {from} for {}",
                who["sub"]
            );
            bench.script("POST", "reset", &json!(null)).await;
        }
    }
}

#[tokio::test]
async fn a_seed_that_is_put_is_what_a_reset_goes_back_to() {
    let bench = Bench::with(seeded()).await;
    let seed = json!({
        "customers": [
            { "sub": "usr_pro", "email": "pro@acme.test",
              "traits": { "plan": "pro", "amount": 29_000, "interval": "year" } },
            { "sub": "usr_bare" },
        ],
        "requests": [
            { "title": "Old", "by": "usr_bare", "days_ago": 2, "status": "shipped" },
            { "kind": "question", "title": "Voted for", "by": "usr_bare", "votes": ["usr_pro"] },
            { "kind": "error", "title": "Private", "by": "usr_bare" },
        ],
    });
    let answer = bench.script("PUT", "seed", &seed).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    for _ in 0..2 {
        assert_eq!(titles(&bench).await, ["Voted for", "Old", "Private"]);
        let first = bench.get("/p/demo/api/v1/features").await.json()["features"][0].clone();
        assert_eq!((&first["id"], &first["voices"]), (&json!(2), &json!(2)));
        assert_eq!(first["monthly_revenue"], 2_417);
        // A token says what counts now, whatever the seed said.
        bench.get_as(&mint(&pro()), "/api/features").await;
        let first = bench.get("/p/demo/api/v1/features").await.json()["features"][0].clone();
        assert_eq!(first["monthly_revenue"], 2_900);
        bench.script("POST", "reset", &json!(null)).await;
    }
}

#[test]
fn a_seed_that_cannot_be_meant_is_refused_with_the_reason() {
    for (seed, reason) in [
        (json!({ "customer": [] }), "customer"),
        (
            json!({ "customers": [{ "sub": 1 }] }),
            "send it as a string",
        ),
        (
            json!({ "customers": [{ "sub": "a", "traits": { "amount": 29 } }] }),
            "send 2900",
        ),
        (
            json!({ "requests": [{ "title": "x", "by": "b" }] }),
            "names \"b\", who is no customer",
        ),
        (
            json!({ "customers": [{ "sub": "a" }], "requests": [
                { "title": "x", "by": "a", "votes": ["b"] }] }),
            "names \"b\", who is no customer",
        ),
        (
            json!({ "customers": [{ "sub": "a" }], "requests": [
                { "kind": "error", "title": "x", "by": "a", "votes": ["a"] }] }),
            "can have no votes",
        ),
        (
            json!({ "customers": [{ "sub": "a" }], "requests": [{ "title": " ", "by": "a" }] }),
            "a title is needed",
        ),
        (
            json!({ "customers": vec![json!({ "sub": "a" }); 2_001] }),
            "up to 2000 customers and 500 requests",
        ),
    ] {
        let refused = seed.to_string().parse::<Seed>().unwrap_err().to_string();
        assert!(
            refused.contains(reason),
            "{refused:?} does not say {reason:?}"
        );
    }
}
