//! Widgets that come late, that only look like one, and that fail.

use reqio_browser::{Client, Status, WidgetProblem};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{WIDGET, identified, options, put_tag, server, until, wait};

#[wasm_bindgen_test]
async fn a_widget_is_told_who_is_signed_in() {
    put_tag(WIDGET, None);
    let (server, asked) = server();
    let client = Client::start(server, options("told"));
    until(&client, Status::Identified).await;
    assert_eq!((identified(), asked.borrow().len()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_widget_that_is_assigned_some_time_after_its_script_has_loaded_is_told() {
    put_tag(&format!("setTimeout(() => {{ {WIDGET} }}, 250);"), None);
    let client = Client::start(server().0, options("assigned later"));
    until(&client, Status::Identified).await;
    assert_eq!(identified(), 1);
}

#[wasm_bindgen_test]
async fn a_stub_without_identify_is_noticed_and_not_fed() {
    put_tag("window.Reqio = { queue: [] };", None);
    let (server, asked) = server();
    let mut options = options("stub");
    options.timings = crate::support::short_timings();
    let client = Client::start(server, options);
    until(&client, Status::Blocked(WidgetProblem::Stub)).await;
    let minted = asked.borrow().len();
    wait(500).await;
    assert_eq!(asked.borrow().len(), minted);
}

#[wasm_bindgen_test]
async fn a_script_that_does_not_load_is_told_from_a_widget_that_was_there_before() {
    put_tag(WIDGET, None);
    crate::support::js(
        "window.Reqio = { identify() {} }; document.querySelector('script[data-project-id]').src",
    );
    crate::support::js(
        "(() => { const tag = document.querySelector('script[data-project-id]'); tag.remove(); \
         const other = document.createElement('script'); \
         other.setAttribute('data-project-id', 'acme'); \
         other.src = 'https://localhost:1/widget.js'; document.head.append(other) })()",
    );
    let client = Client::start(server().0, options("stand-in"));
    until(&client, Status::Blocked(WidgetProblem::Stub)).await;
}

#[wasm_bindgen_test]
async fn an_identify_that_fails_later_is_noticed() {
    put_tag(
        "window.Reqio = { identify: () => new Promise((_, fail) => setTimeout(fail, 50)) };",
        None,
    );
    let client = Client::start(server().0, options("fails later"));
    until(&client, Status::Blocked(WidgetProblem::Refused)).await;
}

#[wasm_bindgen_test]
async fn an_identify_that_throws_is_noticed_and_tried_again_when_the_visitor_says_so() {
    put_tag(
        "window.Reqio = { identify(token) { if (!window.calls.push(token) || \
         window.calls.length < 2) throw 1 } };",
        None,
    );
    let client = Client::start(server().0, options("throws"));
    until(&client, Status::Blocked(WidgetProblem::Refused)).await;
    client.retry_widget();
    until(&client, Status::Identified).await;
    assert_eq!(identified(), 2);
}
