//! What a browser lacks, or refuses, costs only what it would give.

use reqio_browser::{Client, Status};
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
