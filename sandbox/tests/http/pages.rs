//! What a person sees on the sandbox's own pages.

use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use crate::bench::{Bench, claims, mint, request};

#[tokio::test]
async fn every_page_says_that_it_is_a_stand_in() {
    let bench = Bench::new().await;
    for path in ["/p/demo", "/p/demo/identity"] {
        assert!(
            bench
                .get(path)
                .await
                .text
                .contains("A local stand-in, not Reqio."),
            "{path}"
        );
    }
    assert!(
        bench
            .get("/widget.js")
            .await
            .text
            .contains("A local stand-in for Reqio")
    );
}

#[tokio::test]
async fn the_root_leads_to_the_backlog() {
    let bench = Bench::new().await;
    let answer = bench.get("/").await;
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["location"]),
        (307, &"/p/demo".parse().unwrap())
    );
}

#[tokio::test]
async fn an_empty_backlog_shows_the_script_tag_of_this_very_sandbox() {
    let page = Bench::new().await.get("/p/demo").await.text;
    assert!(
        page.contains(
            "src=&quot;http://localhost:3001/widget.js&quot; data-project-id=&quot;demo&quot;"
        ),
        "{page}"
    );
}

#[tokio::test]
async fn a_refused_token_is_on_the_identity_page_with_its_reason_and_claims() {
    let bench = Bench::new().await;
    let mut claims = claims();
    claims["traits"]["amount"] = 29.into();
    let token = mint(&claims);
    bench.get_as(&token, "/api/features").await;
    let page = bench.get("/p/demo/identity").await.text;
    assert!(page.contains("amount is 29, which Reqio reads as 29 cents; send 2900"));
    assert!(page.contains("as sent: not to be trusted"));
    assert!(page.contains("scale@acme.test"));
    assert!(
        !page.contains(token.rsplit('.').next().unwrap()),
        "the signature is on the page"
    );
}

#[tokio::test]
async fn the_identity_page_shows_the_last_50_verdicts_on_tokens() {
    let bench = Bench::new().await;
    for _ in 0..55 {
        bench.get_as(&mint(&claims()), "/api/features").await;
        bench.get("/api/features").await;
    }
    let page = bench.get("/p/demo/identity").await.text;
    assert_eq!(page.matches("card verdict").count(), 50);
    assert!(!page.contains("an anonymous visitor"));
}

#[tokio::test]
async fn a_pasted_token_is_judged_and_leaves_no_trace() {
    let bench = Bench::new().await;
    let token = mint(&claims());
    let good = bench
        .submit("/p/demo/identity", &format!("token=%20{token}%0A"))
        .await;
    assert!(
        good.text
            .contains("usr_scale is worth 8250 cents (82.50) a month"),
        "{}",
        good.text
    );
    let bad = bench
        .submit(
            "/p/demo/identity",
            &format!("token={}", &token[..token.len() - 2]),
        )
        .await;
    assert!(bad.text.contains("data-testid=\"pasted-verdict\""));
    assert!(
        bad.text.contains("the signature is not this project&#39;s")
            || bad.text.contains("changed or cut")
    );
    for answer in [good, bad] {
        assert_eq!(answer.status, 200);
        assert!(!answer.text.contains(&token), "the token is repeated");
    }
    assert_eq!(
        bench.get("/p/demo/api/v1/verdicts").await.json(),
        json!({ "verdicts": [] })
    );
    assert_eq!(
        bench.get("/p/demo/api/v1/requesters").await.json(),
        json!({ "requesters": [] })
    );
}

#[tokio::test]
async fn an_open_page_hears_of_a_change_and_of_the_end() {
    let bench = Bench::new().await;
    let call = request("GET", "/p/demo/events")
        .body(Body::empty())
        .unwrap();
    let mut events = bench
        .router
        .clone()
        .oneshot(call)
        .await
        .unwrap()
        .into_body();
    let first = events.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(first.starts_with(b"event: changed\n"), "{first:?}");
    bench.get_as(&mint(&claims()), "/api/features").await;
    let second = events.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(
        second != first && second.starts_with(b"event: changed\n"),
        "{second:?}"
    );
    bench.sandbox.close();
    assert!(
        events.frame().await.is_none(),
        "the stream goes on after the end"
    );
}

#[tokio::test]
async fn no_more_than_100_pages_follow_at_once_and_a_closed_one_makes_room() {
    let bench = Bench::new().await;
    let open = || {
        bench.router.clone().oneshot(
            request("GET", "/p/demo/events")
                .body(Body::empty())
                .unwrap(),
        )
    };
    let mut streams = Vec::new();
    for _ in 0..100 {
        streams.push(open().await.unwrap());
    }
    assert!(streams.iter().all(|stream| stream.status() == 200));
    assert_eq!(open().await.unwrap().status(), 503);
    streams.pop();
    assert_eq!(open().await.unwrap().status(), 200);
}

#[tokio::test]
async fn script_in_every_field_is_shown_as_text() {
    const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
    let bench = Bench::new().await;
    let mut claims = claims();
    for name in ["sub", "email"] {
        claims[name] = SCRIPT.into();
    }
    claims["traits"]["plan"] = SCRIPT.into();
    let body = json!({ "kind": "request", "title": SCRIPT, "details": SCRIPT });
    assert_eq!(
        bench
            .post_as(&mint(&claims), "/api/features", &body)
            .await
            .status,
        201
    );
    claims["aud"] = SCRIPT.into();
    bench.get_as(&mint(&claims), "/api/features").await;

    for path in ["/p/demo", "/p/demo/identity"] {
        let page = bench.get(path).await.text;
        assert!(
            page.contains("&lt;script&gt;alert(1)"),
            "{path} does not show the text"
        );
        assert!(
            !page.contains("<script>alert") && !page.contains("<img"),
            "{path} shows markup"
        );
    }
}
