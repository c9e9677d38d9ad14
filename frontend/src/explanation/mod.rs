//! The part of the page that explains the other part. Its words are in index.html, where they are
//! read before anything has loaded and cost no WebAssembly; here it comes alive.

mod copy;
mod lessons;
mod path;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlSelectElement};

use crate::{
    app::SharedDriver,
    identity::{Shown, View},
};

/// From now on draws what happens, and does what the visitor clicks.
pub(crate) fn start(driver: SharedDriver, view: View) {
    let whose = RwSignal::new(String::new());
    let drawing = RenderEffect::new(move |drawn: Option<(usize, String)>| {
        let whose = whose.get();
        view.with(|shown| {
            let now = (shown.story.moments_ever(), whose);
            // The clock ticks every second, and what the visitor has selected is to stay selected.
            if drawn.as_ref() != Some(&now) {
                draw(shown, &now.1);
            }
            now
        })
    });
    // It draws for as long as the page lives, and the listeners below listen as long.
    std::mem::forget(drawing);
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
        lessons::clicked(&target, driver);
    });
    lessons::open_if_a_fault_is_on();
}

fn draw(shown: &Shown, whose: &str) {
    path::draw(
        &shown.story,
        shown
            .verdict
            .as_ref()
            .is_some_and(|verdict| verdict.refused),
    );
    element("moments").set_text_content(Some(&shown.story.lines(whose)));
    let _ = element("faults").toggle_attribute_with_force("hidden", !shown.is_sandbox());
}

/// One of the elements of index.html.
fn element(id: &str) -> Element {
    document()
        .get_element_by_id(id)
        .expect("index.html has every element that is named here")
}

fn listen(event: &str, then: impl Fn(Element) + 'static) {
    std::mem::forget(window_event_listener_untyped(event, move |event| {
        then(event_target(&event))
    }));
}
