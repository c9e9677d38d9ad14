//! What tabs tell each other.

use reqio_browser::{Client, Status};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{WIDGET, options, put_tag, server, until, wait};

#[wasm_bindgen_test]
async fn a_tab_that_hears_of_a_sign_in_it_does_not_know_asks() {
    put_tag(WIDGET, None);
    let (first, asked) = server();
    let first = Client::start_as(None, first, options("same app"));
    let second = Client::start_as(None, server().0, options("same app"));
    second.signed_in("ada");
    until(&first, Status::Identified).await;
    assert_eq!(asked.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_tab_that_knows_already_asks_nobody() {
    put_tag(WIDGET, None);
    let (first, asked) = server();
    let first = Client::start_as(Some("ada".to_owned()), first, options("known"));
    until(&first, Status::Identified).await;
    let _second = Client::start_as(Some("ada".to_owned()), server().0, options("known"));
    wait(200).await;
    assert_eq!(asked.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn two_apps_on_one_origin_do_not_meet() {
    put_tag(WIDGET, None);
    let (first, asked) = server();
    let first = Client::start_as(None, first, options("one app"));
    let second = Client::start_as(None, server().0, options("another app"));
    second.signed_in("ada");
    until(&second, Status::Identified).await;
    wait(200).await;
    assert_eq!(first.snapshot().status, Status::Anonymous);
    assert!(asked.borrow().is_empty());
}
