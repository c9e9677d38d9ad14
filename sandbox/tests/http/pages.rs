//! What a person sees on the sandbox's own pages.

use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use crate::bench::{Bench, claims, mint, pro, request};

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
    for number in 0..55 {
        let mut claims = claims();
        claims["sub"] = format!("usr_{number}").into();
        bench.get_as(&mint(&claims), "/api/features").await;
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
        good.text.contains("usr_scale is worth $82.50 a month"),
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
    assert_eq!(bench.verdicts().await.len(), 0);
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
            page.contains("&#60;script&#62;alert(1)"),
            "{path} does not show the text"
        );
        assert!(
            !page.contains("<script>alert") && !page.contains("<img"),
            "{path} shows markup"
        );
    }
}

#[tokio::test]
async fn a_verdict_names_a_person_by_email_and_one_token_has_one_row_with_a_count() {
    let bench = Bench::new().await;
    for _ in 0..3 {
        bench.get_as(&mint(&claims()), "/api/features").await;
    }
    bench.get_as(&mint(&pro()), "/api/features").await;
    bench.get_as(&mint(&claims()), "/api/notifications").await;
    let page = bench.get("/p/demo/identity").await.text;
    assert_eq!(page.matches("card verdict").count(), 2, "{page}");
    assert!(
        page.contains("4 requests") && page.contains("1 request"),
        "{page}"
    );
    let place = |text: &str| {
        page.find(text)
            .unwrap_or_else(|| panic!("no {text}: {page}"))
    };
    let email = place("scale@acme.test");
    assert!(email < place("usr_scale"), "the id comes before the email");
    // The token that was used last comes first.
    assert!(email < place("pro@acme.test"));
}

#[tokio::test]
async fn amounts_are_shown_as_money() {
    let bench = Bench::new().await;
    let body = json!({ "kind": "request", "title": "Dark mode" });
    bench
        .post_as(&mint(&claims()), "/api/features", &body)
        .await;
    let body = json!({ "kind": "request", "title": "Dark mode" });
    bench.post_as(&mint(&pro()), "/api/features", &body).await;
    for path in ["/p/demo", "/p/demo/identity", "/p/demo?embed"] {
        let page = bench.get(path).await.text;
        assert!(page.contains("$82.50"), "{path}: {page}");
        for cents in [" cents", "29.00", ">82.50", "990.00"] {
            assert!(!page.contains(cents), "{path} shows {cents}: {page}");
        }
    }
    assert!(bench.get("/p/demo").await.text.contains("$29<"));
}
