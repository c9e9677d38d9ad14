//! The part of the page that explains the other part. Its words are in index.html, where they are
//! read before anything has loaded and cost no WebAssembly; here it comes alive.

mod claims;
mod copy;
mod lessons;
mod path;
mod story;
mod telling;
mod verdict;

use leptos::prelude::*;
use reqio_leptos::{Command, Observed, Observer};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlSelectElement};

use crate::components::Visit;

pub(crate) use claims::ReadToken;
use std::{rc::Rc, time::Duration};
pub(crate) use story::Story;
use story::{Moment, Place};
pub(crate) use verdict::SandboxAnswer;

/// From now on draws what happens, and does what the visitor clicks.
pub(crate) fn start(visit: Visit) {
    verdict::listen(move |verdict| {
        note(
            visit.story,
            visit.identity.now(),
            6,
            Place::Reqio,
            verdict.words.clone(),
        );
        visit.verdict.set(Some(verdict));
    });
    let whose = RwSignal::new(String::new());
    let drawing = RenderEffect::new(move |_| {
        let refused =
            |verdict: &Option<SandboxAnswer>| verdict.as_ref().is_some_and(|it| it.refused);
        visit.story.with(|story| {
            path::draw(story, visit.verdict.with(refused));
            element("moments").set_text_content(Some(&story.lines(&whose.read())));
        });
        let _ = element("faults").toggle_attribute_with_force("hidden", !visit.is_sandbox());
    });
    on_cleanup(move || drop(drawing));
    listen("change", move |target| {
        if let Some(select) = target
            .dyn_ref::<HtmlSelectElement>()
            .filter(|select| select.id() == "whose")
        {
            whose.set(select.value());
        }
    });
    listen("click", move |target| {
        copy::clicked(&target);
        lessons::clicked(&target, visit);
    });
    lessons::open_if_a_fault_is_on();
}

/// Writes down everything that identity is told and does.
pub(crate) fn observer(
    story: RwSignal<Story>,
    verdict: RwSignal<Option<SandboxAnswer>>,
) -> Observer {
    Rc::new(move |at, observed| match observed {
        Observed::Event(event) => {
            if let Some((step, place, text)) = telling::of_event(event) {
                note(story, at, step, place, text);
            }
        }
        Observed::Command(command) => {
            if let Command::Identify(_) = command {
                verdict.set(None);
            }
            if let Some((step, text)) = telling::of_command(command) {
                note(story, at, step, Place::Browser, text);
            }
        }
    })
}

/// The visitor asks to be signed in on this page.
pub(crate) fn signing_in(visit: Visit, path: &str) {
    let text = format!("POST {path} {{\"email\", \"password\"}}");
    note(visit.story, visit.identity.now(), 1, Place::Browser, text);
}

fn note(story: RwSignal<Story>, at: Duration, step: usize, place: Place, text: String) {
    story.update(|story| {
        story.add(Moment {
            at,
            place,
            step,
            text,
        });
    });
}

/// One of the elements of index.html.
fn element(id: &str) -> Element {
    document()
        .get_element_by_id(id)
        .expect("index.html has every element that is named here")
}

fn listen(event: &str, then: impl Fn(Element) + 'static) {
    let listener = window_event_listener_untyped(event, move |event| then(event_target(&event)));
    on_cleanup(move || listener.remove());
}
