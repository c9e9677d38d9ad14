//! Dropping the client stops everything.

use std::{cell::Cell, rc::Rc};

use reqio_browser::{Client, Failure, Identity, Provider, Status};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    WIDGET, identified, js, options, put_tag, server, short_timings, until, wait,
};

#[wasm_bindgen_test]
async fn a_client_renews_until_it_is_dropped() {
    put_tag(WIDGET, None);
    let (mut server, asked) = server();
    server.lifetime = 1;
    let mut options = options("renewing");
    options.timings = short_timings();
    let client = Client::start(server, options);
    while asked.borrow().len() < 3 {
        wait(50).await;
    }
    drop(client);
    let (minted, told) = (asked.borrow().len(), identified());
    wait(1_500).await;
    assert_eq!((asked.borrow().len(), identified()), (minted, told));
}

#[wasm_bindgen_test]
async fn listeners_and_the_channel_end_with_the_client() {
    put_tag(WIDGET, None);
    let (server, asked) = server();
    let client = Client::start(server, options("dropped"));
    until(&client, Status::Identified).await;
    drop(client);
    js("new BroadcastChannel('dropped').postMessage('signed out')");
    js("window.dispatchEvent(new Event('online'))");
    js("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    wait(200).await;
    assert_eq!(asked.borrow().len(), 1);
}

/// Takes its time, and says whether it came to its end or was dropped.
struct Slow {
    ended: Rc<Cell<Option<bool>>>,
}

struct Guard(Rc<Cell<Option<bool>>>);

impl Drop for Guard {
    fn drop(&mut self) {
        if self.0.get().is_none() {
            self.0.set(Some(false));
        }
    }
}

impl Provider for Slow {
    async fn token(&self) -> Result<Identity, Failure> {
        let guard = Guard(Rc::clone(&self.ended));
        wait(300).await;
        guard.0.set(Some(true));
        Err(Failure::Unauthorized)
    }

    async fn end_session(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }
}

/// A provider that takes its time, and what becomes of a question.
fn slow() -> (Slow, Rc<Cell<Option<bool>>>) {
    let ended = Rc::default();
    let slow = Slow {
        ended: Rc::clone(&ended),
    };
    (slow, ended)
}

#[wasm_bindgen_test]
async fn a_request_under_way_is_dropped_with_the_client() {
    put_tag(WIDGET, None);
    let (slow, ended) = slow();
    let client = Client::start(slow, options("slow"));
    wait(50).await;
    drop(client);
    wait(50).await;
    assert_eq!(ended.get(), Some(false));
}

#[wasm_bindgen_test]
async fn a_question_whose_answer_no_longer_counts_is_dropped() {
    put_tag(WIDGET, None);
    let (slow, ended) = slow();
    let client = Client::start(slow, options("outdated"));
    wait(50).await;
    client.signed_out();
    wait(50).await;
    assert_eq!(ended.get(), Some(false));
}

#[wasm_bindgen_test]
async fn a_subscription_ends_when_it_is_dropped() {
    put_tag(WIDGET, None);
    let client = Client::start(server().0, options("subscribed"));
    let told = Rc::new(Cell::new(0));
    let subscription = client.subscribe({
        let told = Rc::clone(&told);
        move |_| told.set(told.get() + 1)
    });
    until(&client, Status::Identified).await;
    assert!(told.get() > 0);
    drop(subscription);
    let before = told.get();
    client.traits_changed();
    assert_eq!(told.get(), before);
}
