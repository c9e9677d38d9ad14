//! The backlog: who stands behind what, and what that is worth a month.

use serde_json::{Value, json};

use crate::bench::{Bench, claims, mint, pro};

/// Files a request as an anonymous visitor and answers its id.
pub(crate) async fn file(bench: &Bench, title: &str) -> i64 {
    let body = json!({ "kind": "request", "title": title });
    let answer = bench
        .post_anonymously("filer", "/api/features", &body)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_i64().unwrap()
}

pub(crate) async fn upvote(bench: &Bench, claims: &Value, id: i64) {
    let answer = bench
        .post_as(
            &mint(claims),
            &format!("/api/features/{id}/vote"),
            &json!({}),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

pub(crate) async fn backlog(bench: &Bench) -> Vec<Value> {
    bench.get("/p/demo/api/v1/features").await.json()["features"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn revenue_decides_the_order_and_adds_up_to_what_everyone_pays_a_month() {
    let bench = Bench::new().await;
    let (first, second) = (file(&bench, "first").await, file(&bench, "second").await);
    upvote(&bench, &pro(), first).await;
    assert_eq!(backlog(&bench).await[0]["id"], first);
    upvote(&bench, &claims(), second).await;
    assert_eq!(backlog(&bench).await[0]["id"], second);
    upvote(&bench, &pro(), second).await;

    let top = backlog(&bench).await[0].clone();
    assert_eq!(
        (&top["id"], &top["monthly_revenue"]),
        (&json!(second), &json!(2_900 + 8_250))
    );
    assert_eq!(top["voices"], 3);
    let who: Vec<_> = top["who"]
        .as_array()
        .unwrap()
        .iter()
        .map(|voice| voice["id"].clone())
        .collect();
    assert_eq!(who, [json!("usr_scale"), json!("usr_pro"), Value::Null]);
}

#[tokio::test]
async fn a_person_counts_once_however_often_they_vote_and_from_wherever() {
    let bench = Bench::new().await;
    let id = file(&bench, "once").await;
    for _ in 0..3 {
        upvote(&bench, &pro(), id).await;
        bench.advance(1);
    }
    let entry = backlog(&bench).await[0].clone();
    assert_eq!(
        (&entry["voices"], &entry["monthly_revenue"]),
        (&json!(2), &json!(2_900))
    );
}

#[tokio::test]
async fn free_and_anonymous_voices_are_voices_and_no_revenue() {
    let bench = Bench::new().await;
    let id = file(&bench, "free").await;
    let mut free = claims();
    free["sub"] = "usr_free".into();
    free["traits"] = json!({ "plan": "free", "amount": 0, "interval": "month" });
    upvote(&bench, &free, id).await;
    bench
        .post_anonymously("other", &format!("/api/features/{id}/vote"), &json!({}))
        .await;
    let entry = backlog(&bench).await[0].clone();
    assert_eq!(
        (&entry["voices"], &entry["monthly_revenue"]),
        (&json!(3), &json!(0))
    );
}

#[tokio::test]
async fn a_change_of_plan_changes_the_worth_of_what_was_upvoted_before() {
    let bench = Bench::new().await;
    let id = file(&bench, "plan").await;
    upvote(&bench, &pro(), id).await;
    bench.advance(1);
    let mut upgraded = pro();
    upgraded["iat"] = (crate::bench::NOW + 1).into();
    upgraded["traits"] = json!({ "plan": "scale", "amount": 9_900, "interval": "month" });
    bench.get_as(&mint(&upgraded), "/api/features").await;
    assert_eq!(backlog(&bench).await[0]["monthly_revenue"], 9_900);
}

#[tokio::test]
async fn a_voice_can_be_taken_back_but_a_submitter_is_told_to_stay_behind_their_own() {
    let bench = Bench::new().await;
    let id = file(&bench, "back").await;
    upvote(&bench, &pro(), id).await;
    let take_back = |name: &'static str, value: String| {
        let call = crate::bench::request("DELETE", &format!("/api/features/{id}/vote"))
            .header(name, value);
        bench.send(call.body("".into()).unwrap())
    };
    let answer = take_back("authorization", format!("Bearer {}", mint(&pro())))
        .await
        .json();
    assert_eq!(
        (&answer["voices"], &answer["upvoted"]),
        (&json!(1), &json!(false))
    );
    let refused = take_back("x-reqio-anonymous-id", "filer".into()).await;
    assert_eq!(refused.error(), (409, "own_feature".into()));
    assert_eq!(backlog(&bench).await[0]["voices"], 1);
    let again = bench
        .post_anonymously("filer", &format!("/api/features/{id}/vote"), &json!({}))
        .await
        .json();
    assert_eq!(
        (&again["voices"], &again["upvoted"], &again["mine"]),
        (&json!(1), &json!(true), &json!(true))
    );
}
