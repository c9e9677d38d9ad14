//! What is told of this page: everything that happens, and what the sandbox makes of the token.

use std::{rc::Rc, time::Duration};

use leptos::prelude::*;
use reqio_leptos::{Command, Observed, Observer, Reqio};
use wasm_bindgen::JsCast as _;

use super::{
    answer::SandboxAnswer,
    moments::{Moment, Moments, Place},
    telling,
};

/// The story, as every component reaches it by [`Story::get`].
#[derive(Clone, Copy)]
pub(crate) struct Story {
    pub(super) moments: RwSignal<Moments>,
    /// What the sandbox made of the token in use.
    pub(crate) verdict: RwSignal<Option<SandboxAnswer>>,
}

impl Story {
    pub(crate) fn new() -> Self {
        Self {
            moments: RwSignal::default(),
            verdict: RwSignal::new(None),
        }
    }

    /// The story of the page that a component is on.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    /// Whether the sandbox refused the token in use.
    pub(crate) fn is_refused(self) -> bool {
        let refused = |verdict: &SandboxAnswer| verdict.refused;
        self.verdict
            .with(|verdict| verdict.as_ref().is_some_and(refused))
    }

    /// Writes down everything that identity is told and does.
    pub(crate) fn observer(self) -> Observer {
        Rc::new(move |at, observed| match observed {
            Observed::Event(event) => {
                if let Some((step, place, text)) = telling::of_event(event) {
                    self.note(at, step, place, text);
                }
            }
            Observed::Command(command) => {
                if let Command::Identify(_) = command {
                    self.verdict.set(None);
                }
                if let Some((step, text)) = telling::of_command(command) {
                    self.note(at, step, Place::Browser, text);
                }
            }
        })
    }

    /// Listens to the verdicts of the sandbox's widget. The real widget is not known to tell any.
    pub(crate) fn listen(self, reqio: Reqio) {
        let listener = window_event_listener_untyped("reqio-sandbox:verdict", move |event| {
            let event = event.unchecked_ref::<web_sys::CustomEvent>();
            if let Some(answer) = SandboxAnswer::read(&event.detail()) {
                self.note(reqio.now(), 6, Place::Reqio, answer.words.clone());
                self.verdict.set(Some(answer));
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// The visitor asks to be signed in, or up, on this page.
    pub(crate) fn signing_in(self, at: Duration, is_new: bool) {
        let path = if is_new { "sign_up" } else { "sign_in" };
        let text = format!("POST /api/{path} {{\"email\", \"password\"}}");
        self.note(at, 1, Place::Browser, text);
    }

    fn note(self, at: Duration, step: usize, place: Place, text: String) {
        self.moments.update(|moments| {
            moments.add(Moment {
                at,
                place,
                step,
                text,
            });
        });
    }
}
