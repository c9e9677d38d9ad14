//! The compact backlog for a frame: `/p/{project}?embed`.

use sandbox::Seed;
use serde_json::{Value, json};

use crate::backlog::{file, upvote};
use crate::bench::{Bench, claims, config, mint, pro};

async fn seeded() -> Bench {
    let mut config = config();
    config.seed = Seed::demo();
    Bench::with(config).await
}

/// The rows as text, without the markup.
async fn rows(bench: &Bench, query: &str) -> Vec<String> {
    let page = bench.get(&format!("/p/demo?embed{query}")).await.text;
    let rows = page.split("<li ").skip(1).map(|row| {
        let row = row
            .split_once('>')
            .unwrap()
            .1
            .split("</li>")
            .next()
            .unwrap();
        let texts = row
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |tag| tag.1));
        let words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
        words.join(" ")
    });
    rows.collect()
}

#[tokio::test]
async fn it_has_the_five_public_requests_with_the_most_revenue_and_nothing_around_them() {
    let bench = seeded().await;
    assert_eq!(
        rows(&bench, "").await,
        [
            "$123.17 a month Sign in with SAML In progress 2 customers",
            "$111.50 a month Export everything as CSV Needs action 2 customers",
            "$82.50 a month An audit log Needs action 2 people, 1 of them paying",
            "$58 a month Dark mode Coming in the next update 4 people, 2 of them paying",
            "$53.17 a month Can we invite guests? Needs action 2 customers",
        ]
    );
    let page = bench.get("/p/demo?embed").await.text;
    for around in ["<header", "<nav", "<footer", "<form", "class=\"lead", "@"] {
        assert!(!page.contains(around), "{around} in {page}");
    }
    assert!(
        page.contains("data-events=\"/p/demo/events\""),
        "it is not live"
    );
}

#[tokio::test]
async fn a_bar_is_in_proportion_to_the_largest_and_the_visitors_share_in_a_color_of_its_own() {
    let bench = Bench::new().await;
    let (first, second) = (file(&bench, "first").await, file(&bench, "second").await);
    for (who, what) in [(claims(), first), (pro(), first), (pro(), second)] {
        upvote(&bench, &who, what).await;
    }
    let page = bench.get("/p/demo?embed&visitor=usr_pro").await.text;
    // Of 11150 cents 8250 are somebody else's; of 2900 all are the visitor's.
    let bars: Vec<&str> = page.split("<svg").skip(1).collect();
    for (bar, others, own) in [(bars[0], 8_250, 2_900), (bars[1], 0, 2_900)] {
        let others_share = format!("class=\"others\" width=\"{others}\"");
        let own_share = format!("class=\"visitor\" x=\"{others}\" width=\"{own}\"");
        for part in ["viewBox=\"0 0 11150 1\"", &others_share, &own_share] {
            assert!(bar.contains(part), "{part}: {bar}");
        }
    }
    let among = "of them paying, you among them with $29";
    let first = format!("$111.50 a month first Needs action 3 people, 2 {among}");
    let second = format!("$29 a month second Needs action 2 people, 1 {among}");
    assert_eq!(rows(&bench, "&visitor=usr_pro").await, [first, second]);
    for stranger in ["", "&visitor=", "&visitor=nobody", "&visitor=filer"] {
        let page = bench.get(&format!("/p/demo?embed{stranger}")).await.text;
        assert!(!page.contains("you among them"), "{stranger}");
        assert!(!page.contains("class=\"visitor"), "{stranger}");
    }
}

#[tokio::test]
async fn errors_and_feedback_stay_out_of_the_frame() {
    let bench = Bench::new().await;
    for kind in ["error", "feedback"] {
        let body = json!({ "kind": kind, "title": "Private matter" });
        bench
            .post_as(&mint(&claims()), "/api/features", &body)
            .await;
    }
    assert_eq!(rows(&bench, "").await, Vec::<String>::new());
    assert!(
        bench
            .get("/p/demo?embed")
            .await
            .text
            .contains("Nothing has been filed yet.")
    );
}

#[tokio::test]
async fn script_in_a_title_or_an_id_is_text_in_the_frame_too() {
    let bench = Bench::new().await;
    let mut hostile = claims();
    hostile["sub"] = Value::from("\"><script>alert(1)</script>");
    let body = json!({ "kind": "request", "title": "<img src=x onerror=alert(1)>" });
    bench.post_as(&mint(&hostile), "/api/features", &body).await;
    let page = bench
        .get("/p/demo?embed&visitor=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    assert!(page.text.contains("&#60;img src=x"), "{}", page.text);
    assert!(
        !page.text.contains("<img") && !page.text.contains("<script>"),
        "{}",
        page.text
    );
}
