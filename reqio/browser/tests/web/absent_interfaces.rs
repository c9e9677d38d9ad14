//! What a browser lacks, or refuses, costs only what it would give.

use std::time::Duration;

use reqio_browser::{Client, Failure, Identity, Provider, Status, TokenProblem};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{WIDGET, identified, js, options, put_tag, server, until, wait};

async fn identifies_without(interface: &str, refusal: &str) {
    put_tag(WIDGET, None);
    js(&format!(
        "window.kept = Object.getOwnPropertyDescriptor(window, '{interface}'); \
         Object.defineProperty(window, '{interface}', {{ configurable: true, {refusal} }})"
    ));
    let client = Client::start(server().0, options(&format!("no {interface} {refusal}")));
    wait(100).await;
    js(&format!(
        "window.kept ? Object.defineProperty(window, '{interface}', window.kept) \
         : delete window['{interface}']"
    ));
    until(&client, Status::Identified).await;
    assert_eq!(identified(), 1, "{interface}");
}

#[wasm_bindgen_test]
async fn no_channel_between_tabs() {
    identifies_without("BroadcastChannel", "value: undefined").await;
    identifies_without("BroadcastChannel", "get() { throw new Error() }").await;
}

#[wasm_bindgen_test]
async fn no_storage() {
    identifies_without("sessionStorage", "value: undefined").await;
    identifies_without("sessionStorage", "get() { throw new Error() }").await;
}

/// Knows nobody.
struct Nobody;

impl Provider for Nobody {
    async fn token(&self) -> Result<Identity, Failure> {
        Err(Failure::Unauthorized)
    }

    async fn end_session(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }
}

#[wasm_bindgen_test]
async fn a_page_that_can_keep_no_notice_is_not_loaded_anew_again_and_again() {
    put_tag(WIDGET, None);
    // Full: it can be read, and not be written to.
    js("window.kept = Storage.prototype.setItem; \
        Storage.prototype.setItem = () => { throw new Error() }");
    let client = Client::start_as(Some("ada".to_owned()), Nobody, options("full"));
    js("Storage.prototype.setItem = window.kept");
    until(&client, Status::Retrying(TokenProblem::Unauthorized)).await;
}

#[wasm_bindgen_test]
async fn no_end_of_any_wait() {
    put_tag(WIDGET, None);
    let mut options = options("endless");
    options.script_limit = Duration::MAX;
    options.news_spread = Duration::MAX;
    options.timings.request_limit = Duration::MAX;
    let client = Client::start(server().0, options);
    until(&client, Status::Identified).await;
    assert_eq!(identified(), 1);
}

#[wasm_bindgen_test]
async fn no_clock_that_only_moves_forward() {
    identifies_without("performance", "value: undefined").await;
    identifies_without("performance", "get() { throw new Error() }").await;
}

#[wasm_bindgen_test]
async fn the_clock_goes_on_by_the_wall_clock_where_the_other_stands_still() {
    put_tag(WIDGET, None);
    let client = Client::start(server().0, options("clock"));
    js(
        "window.kept = [performance.now, Date.now]; const still = performance.now(); \
        const then = Date.now() + 600000; performance.now = () => still; Date.now = () => then",
    );
    let ahead = client.now();
    js("Date.now = () => 0");
    let set_back = client.now();
    js("[performance.now, Date.now] = window.kept");
    assert!((600..602).contains(&ahead.as_secs()), "{ahead:?}");
    assert_eq!(set_back, ahead);
}
