//! A sandbox in a test's own process, as somebody else's test uses it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use sandbox::{Cents, Running, Sandbox, Seed, VerdictQuery};
use serde_json::{Map, Value, json};
use tokio::net::TcpStream;

fn object(value: Value) -> Map<String, Value> {
    serde_json::from_value(value).unwrap()
}

/// What the page under test comes to: a request with a token.
async fn come_with(sandbox: &Running, token: &str) -> reqwest::StatusCode {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.get(format!("{}/api/identity", sandbox.url()));
    request.bearer_auth(token).send().await.unwrap().status()
}

fn pro() -> Map<String, Value> {
    let traits = json!({ "plan": "pro", "amount": 2900, "interval": "month" });
    object(json!({ "sub": "usr_1", "traits": traits }))
}

#[tokio::test]
async fn it_waits_for_whom_it_asserts_to_be_identified() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = sandbox.mint(pro());
    tokio::join!(
        sandbox.assert_identified("usr_1", Cents(2_900)),
        come_with(&sandbox, &token),
    );
    let identified = sandbox.requesters();
    assert_eq!(identified[0].plan.as_deref(), Some("pro"));
}

/// What an assertion says that fails: time that is paused is over as soon as all wait for it.
async fn failure(sandbox: Running) -> String {
    let asserted = async move { sandbox.assert_identified("usr_1", Cents(8_250)).await };
    let failed = tokio::spawn(asserted).await.unwrap_err().into_panic();
    *failed.downcast::<String>().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_failed_assertion_tells_where_it_stands_and_what_was_seen_instead() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut dollars = pro();
    dollars["traits"]["amount"] = 29.into();
    come_with(&sandbox, &sandbox.mint(pro())).await;
    come_with(&sandbox, &sandbox.mint(dollars)).await;
    let said = failure(sandbox).await;
    for told in [
        "tests/in_process.rs:",
        "expected usr_1 identified as worth $82.50 a month",
        "usr_1 is worth $29 a month",
        "GET /api/identity: traits: amount is 29, which Reqio reads as 29 cents; send 2900",
    ] {
        assert!(said.contains(told), "{said:?} does not say {told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_assertion_says_so_where_nothing_came_at_all() {
    let said = failure(Sandbox::start().await.unwrap()).await;
    assert!(said.contains("no request at all"), "{said}");
}

#[tokio::test]
async fn the_clock_ends_a_token_and_a_reset_takes_everything_back() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = sandbox.mint(pro());
    sandbox.clock(600);
    assert_eq!(come_with(&sandbox, &token).await, 401);
    let expired = VerdictQuery {
        code: Some("expired".into()),
        ..VerdictQuery::default()
    };
    assert_eq!(sandbox.verdicts(&expired).await.len(), 1);
    sandbox.reset();
    assert_eq!(sandbox.verdicts(&expired).await.len(), 0);
    assert_eq!(come_with(&sandbox, &token).await, 200);
}

#[tokio::test]
async fn it_starts_empty_and_takes_a_seed() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(sandbox.requesters().len(), 0);
    sandbox.sow(Seed::demo());
    assert_eq!(sandbox.requesters().len(), 7);
}

#[tokio::test]
async fn its_port_is_free_again_once_it_is_dropped() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.url().strip_prefix("http://").unwrap().to_owned();
    let waiting = Sandbox::clone(&sandbox);
    drop(sandbox);
    // Whoever still waits is told that nothing more will come.
    let query = VerdictQuery {
        wait: Duration::from_secs(60),
        ..VerdictQuery::default()
    };
    assert_eq!(waiting.verdicts(&query).await.len(), 0);
    tokio::task::yield_now().await;
    assert!(TcpStream::connect(address).await.is_err());
}
