//! `/sandbox/v1/`: what a test does to the sandbox.

use serde_json::{Value, json};

use crate::bench::{Bench, NOW, claims, mint};

async fn done(bench: &Bench, method: &str, path: &str, body: Value) {
    let answer = bench.script(method, path, &body).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
}

#[tokio::test]
async fn its_health_names_its_version_its_project_and_its_time() {
    let bench = Bench::new().await;
    let health = bench.script("GET", "health", &json!(null)).await.json();
    let expected = json!({ "version": env!("CARGO_PKG_VERSION"), "project": "demo", "now": NOW });
    assert_eq!(health, expected);
}

#[tokio::test]
async fn a_moved_clock_ends_a_token_and_a_clock_moved_back_brings_it_to_life() {
    let bench = Bench::new().await;
    let token = mint(&claims());
    for (offset, error) in [
        (299, None),
        (300, Some((401, "expired"))),
        (-6, Some((401, "not_yet_valid"))),
        (0, None),
    ] {
        done(&bench, "PUT", "clock", json!({ "offset": offset })).await;
        let answer = bench.get_as(&token, "/api/identity").await;
        match error {
            None => assert_eq!(answer.status, 200, "{offset}: {}", answer.text),
            Some((status, code)) => assert_eq!(answer.error(), (status, code.into()), "{offset}"),
        }
    }
}

#[tokio::test]
async fn no_move_of_the_clock_makes_it_fail() {
    let bench = Bench::new().await;
    for offset in [i64::MAX, i64::MIN, 300_000_000_000] {
        done(&bench, "PUT", "clock", json!({ "offset": offset })).await;
        bench.get_as(&mint(&claims()), "/api/features").await;
        for path in ["/p/demo", "/p/demo/identity"] {
            assert_eq!(bench.get(path).await.status, 200, "{path} at {offset}");
        }
        done(&bench, "PUT", "seed", json!({})).await;
    }
}

#[tokio::test]
async fn pages_that_follow_live_hear_of_the_clock_and_of_a_reset() {
    use axum::body::Body;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let bench = Bench::new().await;
    let follow = crate::bench::request("GET", "/p/demo/events").body(Body::empty());
    let mut page = bench
        .router
        .clone()
        .oneshot(follow.unwrap())
        .await
        .unwrap()
        .into_body();
    let mut heard = vec![page.frame().await.unwrap().unwrap().into_data().unwrap()];
    for (method, path, body) in [
        ("PUT", "clock", json!({ "offset": 60 })),
        ("POST", "reset", json!(null)),
    ] {
        done(&bench, method, path, body).await;
        heard.push(page.frame().await.unwrap().unwrap().into_data().unwrap());
    }
    heard.dedup();
    assert_eq!(heard.len(), 3, "{heard:?}");
}

#[tokio::test]
async fn faults_are_played_until_others_take_their_place() {
    let bench = Bench::new().await;
    done(&bench, "PUT", "faults", json!({ "fail": 1 })).await;
    let fault = (503, "fault".into());
    assert_eq!(bench.get("/api/features").await.error(), fault);
    assert_eq!(bench.get("/widget.js").await.status, 200);
    done(&bench, "PUT", "faults", json!({ "block_script": true })).await;
    assert_eq!(bench.get("/api/features").await.status, 200);
    assert_eq!(bench.get("/widget.js").await.error(), fault);
    done(&bench, "PUT", "faults", json!({})).await;
    assert_eq!(bench.get("/widget.js").await.status, 200);
    let verdicts = bench.script("GET", "verdicts", &json!(null)).await.json();
    let kept = verdicts["verdicts"].as_array().unwrap().len();
    assert_eq!(kept, 2, "a request that failed on purpose left no verdict");
}

#[tokio::test]
async fn what_a_fault_holds_back_comes_once_it_is_switched_off_and_not_before() {
    let bench = Bench::new().await;
    for (fault, path) in [("slow", "/api/features"), ("late_script", "/widget.js")] {
        done(&bench, "PUT", "faults", json!({ fault: 60 })).await;
        let mut held = Box::pin(bench.get(path));
        // Ten others are answered meanwhile, so it would have been.
        for _ in 0..10 {
            tokio::select! {
                biased;
                _ = &mut held => panic!("{path} was not held"),
                _ = bench.get("/p/demo") => {}
            }
        }
        done(&bench, "PUT", "faults", json!({})).await;
        let switched_off = std::time::Instant::now();
        assert_eq!(held.await.status, 200, "{path}");
        assert!(switched_off.elapsed().as_secs() < 30, "{path} was held on");
    }
}

#[tokio::test]
async fn a_held_answer_comes_when_its_time_is_over() {
    let bench = Bench::new().await;
    done(&bench, "PUT", "faults", json!({ "slow": 0.2 })).await;
    let asked = std::time::Instant::now();
    assert_eq!(bench.get("/api/features").await.status, 200);
    assert!(asked.elapsed().as_millis() >= 200);
}

#[tokio::test]
async fn a_reset_takes_everything_back_to_the_start() {
    let bench = Bench::new().await;
    let token = mint(&claims());
    let body = json!({ "kind": "request", "title": "Dark mode" });
    let first = bench.post_as(&token, "/api/features", &body).await.json();
    bench
        .submit("/p/demo/features/1/status", "status=shipped")
        .await;
    done(&bench, "PUT", "clock", json!({ "offset": 9_999 })).await;
    done(&bench, "PUT", "faults", json!({ "fail": 1 })).await;
    done(&bench, "POST", "reset", json!(null)).await;

    let health = bench.script("GET", "health", &json!(null)).await.json();
    assert_eq!(health["now"], NOW);
    assert_eq!(bench.verdicts().await.len(), 0);
    let requesters = bench.get("/p/demo/api/v1/requesters").await.json();
    assert_eq!(requesters, json!({ "requesters": [] }));
    let again = bench.post_as(&token, "/api/features", &body).await;
    assert_eq!(again.json(), first, "a reset is not the start");
    let told = bench.get_as(&token, "/api/notifications").await.json();
    assert_eq!(told, json!({ "notifications": [] }));
}

#[tokio::test]
async fn a_mistake_in_what_a_test_sends_is_named() {
    let bench = Bench::new().await;
    for (path, body, named) in [
        ("clock", json!({ "offset": "1 h" }), "expected i64"),
        ("clock", json!({}), "offset"),
        ("clock", json!({ "offset": 1, "zone": "UTC" }), "zone"),
        ("faults", json!({ "slwo": 1 }), "slwo"),
        ("faults", json!({ "slow": 61 }), "0 to 60 seconds"),
        ("faults", json!({ "late_script": -1 }), "0 to 60 seconds"),
        (
            "faults",
            json!({ "fail": 2 }),
            "from 0 for none to 1 for all",
        ),
    ] {
        let answer = bench.script("PUT", path, &body).await;
        assert_eq!(
            answer.error(),
            (422, "invalid_input".into()),
            "{path} {body}"
        );
        assert!(answer.text.contains(named), "{named:?}: {}", answer.text);
    }
    for (query, named) in [
        ("verdicts?user=usr_1", "user"),
        ("verdicts?wait=61", "0 to 60 seconds"),
    ] {
        let answer = bench.script("GET", query, &json!(null)).await;
        assert_eq!(answer.error(), (422, "invalid_input".into()), "{query}");
        assert!(answer.text.contains(named), "{named:?}: {}", answer.text);
    }
}
