//! What a visitor sees of what was filed, and hears of what becomes of it.

use serde_json::json;

use crate::backlog::{backlog, file, upvote};
use crate::bench::{Bench, claims, mint, pro, request};

#[tokio::test]
async fn errors_and_feedback_are_seen_by_their_submitter_and_the_team_alone() {
    let bench = Bench::new().await;
    for kind in ["error", "feedback"] {
        let filed = bench
            .post_as(
                &mint(&pro()),
                "/api/features",
                &json!({ "kind": kind, "title": kind }),
            )
            .await
            .json();
        let path = format!("/api/features/{}/vote", filed["id"]);
        assert_eq!(
            bench
                .post_as(&mint(&claims()), &path, &json!({}))
                .await
                .error(),
            (404, "not_found".into())
        );
    }
    assert_eq!(
        bench.get_as(&mint(&claims()), "/api/features").await.json(),
        json!({ "features": [] })
    );
    let mine = bench
        .get_as(&mint(&pro()), "/api/features/mine")
        .await
        .json();
    assert_eq!(mine["features"].as_array().unwrap().len(), 2);
    assert_eq!(backlog(&bench).await.len(), 2);
    assert_eq!(
        backlog(&bench).await[0]["voices"],
        1,
        "a vote on a private feature was counted"
    );
}

#[tokio::test]
async fn a_change_of_status_notifies_everyone_behind_it_once_and_nobody_else() {
    let bench = Bench::new().await;
    let id = file(&bench, "status").await;
    upvote(&bench, &pro(), id).await;
    for _ in 0..2 {
        assert_eq!(
            bench
                .submit(
                    &format!("/p/demo/features/{id}/status"),
                    "status=in_progress"
                )
                .await
                .status,
            303
        );
    }
    let notified = bench
        .get_as(&mint(&pro()), "/api/notifications")
        .await
        .json()["notifications"]
        .clone();
    assert_eq!(notified.as_array().unwrap().len(), 1);
    assert_eq!(
        (&notified[0]["title"], &notified[0]["status"]),
        (&json!("status"), &json!("in_progress"))
    );
    let others = bench
        .get_as(&mint(&claims()), "/api/notifications")
        .await
        .json();
    assert_eq!(others, json!({ "notifications": [] }));
}

#[tokio::test]
async fn what_someone_did_anonymously_stays_anonymous() {
    let bench = Bench::new().await;
    file(&bench, "anonymous").await;
    let call = request("GET", "/api/features/mine")
        .header("authorization", format!("Bearer {}", mint(&pro())))
        .header("x-reqio-anonymous-id", "filer");
    assert_eq!(
        bench.send(call.body("".into()).unwrap()).await.json(),
        json!({ "features": [] })
    );
}

#[tokio::test]
async fn an_anonymous_id_that_the_sandbox_does_not_know_is_no_error() {
    let bench = Bench::new().await;
    for path in [
        "/api/features",
        "/api/features/mine",
        "/api/notifications",
        "/api/identity",
    ] {
        let call = request("GET", path).header("x-reqio-anonymous-id", "from-before-the-restart");
        assert_eq!(
            bench.send(call.body("".into()).unwrap()).await.status,
            200,
            "{path}"
        );
    }
}
