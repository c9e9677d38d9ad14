//! The browser's half: buttons, and Reqio told of whoever is signed in.

use std::{future::pending, rc::Rc};

use gloo_events::EventListener;
use gloo_net::http::Request;
use reqio_browser::{Client, Failure, Identity, Options, Provider, Snapshot};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, window};

/// The server, as far as identity needs it.
struct Backend;

impl Provider for Backend {
    async fn token(&self) -> Result<Identity, Failure> {
        self.session().await?.ok_or(Failure::Unauthorized)
    }

    async fn session(&self) -> Result<Option<Identity>, Failure> {
        post("/api/identity_token", &()).await
    }

    async fn end_session(&self, user: &str) -> Result<(), Failure> {
        post("/api/sign_out", user).await
    }
}

/// Runs for as long as the page lives: what is dropped here stops.
pub(crate) async fn run() {
    let reqio = Rc::new(Client::start(Backend, Options::default()));
    let _sign_in = ["ada", "bob"].map(|user| {
        let reqio = Rc::clone(&reqio);
        on_click(user, move || {
            let reqio = Rc::clone(&reqio);
            spawn_local(async move {
                if post::<()>("/api/sign_in", user).await.is_ok() {
                    reqio.signed_in(user);
                }
            });
        })
    });
    let _shown = reqio.subscribe(show);
    let _sign_out = on_click("sign-out", move || reqio.sign_out());
    pending().await
}

fn show(snapshot: &Snapshot) {
    if let Some(element) = element("user") {
        element.set_text_content(Some(&match &snapshot.user {
            Some(user) => format!("Signed in: {user}"),
            None => "Nobody is signed in.".to_owned(),
        }));
    }
    if let Some(element) = element("status") {
        element.set_text_content(Some(&format!("{:?}", snapshot.status)));
    }
}

async fn post<T: DeserializeOwned>(
    path: &str,
    body: &(impl Serialize + ?Sized),
) -> Result<T, Failure> {
    let failed = |_| Failure::Retry(None);
    let request = Request::post(path).json(body).map_err(failed)?;
    let response = request.send().await.map_err(failed)?;
    if response.ok() {
        response.json().await.map_err(failed)
    } else {
        Err(Failure::Retry(None))
    }
}

fn on_click(id: &str, then: impl Fn() + 'static) -> Option<EventListener> {
    let element = element(id)?;
    Some(EventListener::new(&element, "click", move |_| then()))
}

fn element(id: &str) -> Option<Element> {
    window()?.document()?.get_element_by_id(id)
}
