//! What a test asks of the sandbox, and waits for, without sleeping.

use sandbox::token;
use serde_json::{Value, json};

use crate::bench::{Bench, claims, mint, pro};

async fn ask(bench: &Bench, what: &str, query: &str) -> Vec<Value> {
    let answer = bench
        .script("GET", &format!("{what}?{query}"), &json!(null))
        .await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    answer.json()[what].as_array().unwrap().clone()
}

#[tokio::test]
async fn verdicts_can_be_asked_for_by_what_they_say() {
    let bench = Bench::new().await;
    let token = mint(&pro());
    bench.get_as(&token, "/api/features").await;
    bench.get_as("nonsense", "/api/features").await;
    bench.get("/api/features").await;
    let id = token::id(&token);
    for (query, count) in [
        ("", 3),
        ("since=2", 1),
        ("since=3", 0),
        ("who=usr_pro", 1),
        ("who=anonymous", 1),
        ("who=usr", 0),
        ("accepted=true", 2),
        ("accepted=false", 1),
        ("code=malformed", 1),
        ("code=malformed&accepted=true", 0),
        (&format!("token_id={id}"), 1),
        (&format!("token_id={id}&since=1"), 0),
    ] {
        assert_eq!(ask(&bench, "verdicts", query).await.len(), count, "{query}");
    }
}

#[tokio::test]
async fn whether_anything_came_with_the_old_token_since_is_one_question_also_after_a_reset() {
    let bench = Bench::new().await;
    let (old, new) = (mint(&pro()), mint(&claims()));
    bench.get_as(&old, "/api/features").await;
    let last = ask(&bench, "verdicts", "").await[0]["id"].clone();
    let question = format!("token_id={}&since={last}", token::id(&old));
    bench.get_as(&new, "/api/features").await;
    assert!(ask(&bench, "verdicts", &question).await.is_empty());
    bench.script("POST", "reset", &json!(null)).await;
    bench.get_as(&old, "/api/features").await;
    assert_eq!(ask(&bench, "verdicts", &question).await.len(), 1);
}

#[tokio::test]
async fn a_question_waits_until_there_is_an_answer() {
    let bench = Bench::new().await;
    let token = mint(&pro());
    let seen = format!("token_id={}&wait=60", token::id(&token));
    let (verdicts, ()) = tokio::join!(ask(&bench, "verdicts", &seen), async {
        bench.get("/api/features").await;
        bench.get_as(&mint(&claims()), "/api/features").await;
        bench.get_as(&token, "/api/features").await;
    });
    assert_eq!(verdicts.len(), 1);
}

#[tokio::test]
async fn a_question_that_nothing_answers_ends_with_nothing() {
    let bench = Bench::new().await;
    let asked = std::time::Instant::now();
    let nothing = ask(&bench, "verdicts", "who=usr_pro&wait=0.2").await;
    assert!(nothing.is_empty(), "{nothing:?}");
    assert!(asked.elapsed().as_millis() >= 200);
}

#[tokio::test]
async fn a_hundred_can_wait_and_one_more_is_a_clear_error() {
    let bench = Bench::new().await;
    let waiting = (0..100).map(|_| ask(&bench, "verdicts", "who=nobody&wait=60"));
    let mut waiting = Box::pin(futures_util::future::join_all(waiting));
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("nobody waited"),
        () = tokio::task::yield_now() => {}
    }
    let refused = bench.script("GET", "verdicts", &json!(null)).await;
    assert_eq!(refused.error(), (503, "too_many_streams".into()));
    bench.sandbox.close();
    for nothing in waiting.await {
        assert!(nothing.is_empty(), "{nothing:?}");
    }
}
