//! The widget's tag: adopted where the page has one, added where it has none.

use reqio_browser::{Client, Status, WidgetProblem, WidgetScript};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{WIDGET, identified, js, options, put_tag, server, token, until};

fn tags() -> f64 {
    let tags = js("document.querySelectorAll('script[data-project-id]').length");
    tags.as_f64().unwrap()
}

fn token_on_the_tag() -> bool {
    js("document.querySelector('script[data-project-id]').hasAttribute('data-identity-token')")
        .is_truthy()
}

#[wasm_bindgen_test]
async fn a_page_that_was_rendered_with_a_token_asks_nothing_and_identifies_nothing() {
    put_tag(WIDGET, Some(&token("ada", 300)));
    let (server, asked) = server();
    let client = Client::start(server, options("rendered"));
    until(&client, Status::Identified).await;
    assert_eq!(client.snapshot().user.as_deref(), Some("ada"));
    assert!(asked.borrow().is_empty());
    assert_eq!((identified(), tags()), (0, 1.0));
}

#[wasm_bindgen_test]
async fn a_page_that_shows_somebody_else_than_the_token_it_came_with_does_not_use_that_token() {
    // Loaded anew for it already: otherwise it would be now, and the test with it.
    js("sessionStorage.setItem('somebody else:notice', 'other user')");
    put_tag(WIDGET, Some(&token("bob", 300)));
    let client = Client::start_as(Some("ada".to_owned()), server().0, options("somebody else"));
    assert!(!token_on_the_tag());
    // The script may have read it before.
    assert!(client.snapshot().identified_until.is_some());
    until(&client, Status::Identified).await;
    assert_eq!(client.snapshot().user.as_deref(), Some("ada"));
    assert_eq!(identified(), 1);
}

#[wasm_bindgen_test]
async fn a_page_that_knows_that_nobody_is_signed_in_costs_no_request() {
    put_tag(WIDGET, None);
    let (server, asked) = server();
    let client = Client::start_as(None, server, options("nobody"));
    assert_eq!(client.snapshot().status, Status::Anonymous);
    assert!(asked.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_tag_is_added_once_the_script_is_known_and_one_that_fails_is_blocked() {
    put_tag(WIDGET, None);
    js("document.querySelector('script[data-project-id]').remove()");
    let client = Client::start(server().0, options("added"));
    crate::support::wait(50).await;
    assert_eq!(tags(), 0.0);
    let script = WidgetScript::new("acme".parse().unwrap());
    client.set_script(script.at("https://localhost:1/widget.js").unwrap());
    assert_eq!(tags(), 1.0);
    assert!(token_on_the_tag());
    js("delete window.Reqio");
    until(&client, Status::Blocked(WidgetProblem::Blocked)).await;
}

fn no_tag() {
    put_tag(WIDGET, None);
    js("document.querySelector('script[data-project-id]').remove(); delete window.Reqio");
}

#[wasm_bindgen_test]
async fn a_tag_that_somebody_else_adds_later_is_the_widgets() {
    no_tag();
    let client = Client::start(server().0, options("added later"));
    until(&client, Status::WaitingForWidget).await;
    put_tag(WIDGET, None);
    until(&client, Status::Identified).await;
    assert_eq!((identified(), tags()), (1, 1.0));
}

#[wasm_bindgen_test]
async fn trying_again_loads_the_script_of_the_pages_own_tag_again() {
    put_tag("throw 1;", None);
    js("document.querySelector('script[data-project-id]').id = 'blocked'");
    let client = Client::start(server().0, options("tried again"));
    until(&client, Status::Blocked(WidgetProblem::Blocked)).await;
    client.retry_widget();
    assert_eq!(tags(), 1.0);
    assert!(js("document.getElementById('blocked')").is_null());
    until(&client, Status::Blocked(WidgetProblem::Blocked)).await;
}

#[wasm_bindgen_test]
async fn a_page_without_a_tag_and_without_a_script_says_so() {
    no_tag();
    let client = Client::start(server().0, options("no script"));
    until(&client, Status::Blocked(WidgetProblem::Blocked)).await;
}

#[wasm_bindgen_test]
async fn a_sign_out_takes_the_token_off_the_tag_before_its_script_can_read_it() {
    put_tag(WIDGET, Some(&token("ada", 300)));
    let (server, asked) = server();
    let client = Client::start(server, options("sign-out"));
    assert!(token_on_the_tag());
    client.sign_out();
    assert!(!token_on_the_tag());
    assert_eq!(client.snapshot().status, Status::SigningOut);
    assert!(client.snapshot().identified_until.is_some());
    crate::support::wait(10).await;
    assert_eq!(*asked.borrow(), ["end ada"]);
}
