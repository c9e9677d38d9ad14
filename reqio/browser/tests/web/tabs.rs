//! What tabs tell each other.

use std::{cell::Cell, rc::Rc};

use reqio_browser::{Client, Failure, Identity, Provider, Status};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Server, WIDGET, options, put_tag, server, until, wait};

/// Says at first that nobody is signed in, and then that Ada is.
struct SignsInElsewhere {
    server: Server,
    sessions: Rc<Cell<u32>>,
}

impl Provider for SignsInElsewhere {
    async fn token(&self) -> Result<Identity, Failure> {
        self.server.token().await
    }

    async fn session(&self) -> Result<Option<Identity>, Failure> {
        self.sessions.set(self.sessions.get() + 1);
        match self.sessions.get() {
            1 => Ok(None),
            _ => self.token().await.map(Some),
        }
    }

    async fn end_session(&self, user: &str) -> Result<(), Failure> {
        self.server.end_session(user).await
    }
}

#[wasm_bindgen_test]
async fn a_tab_that_hears_of_a_sign_in_it_does_not_know_asks() {
    put_tag(WIDGET, None);
    let sessions = Rc::new(Cell::new(0));
    let provider = SignsInElsewhere {
        server: server().0,
        sessions: Rc::clone(&sessions),
    };
    let first = Client::start(provider, options("same app"));
    until(&first, Status::Anonymous).await;
    let second = Client::start_as(None, server().0, options("same app"));
    second.signed_in("ada");
    until(&first, Status::Identified).await;
    assert_eq!(sessions.get(), 2);
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
