//! What can go wrong, and what to take home. The server has the words; they come when somebody
//! wants to read them.

use js_sys::JsString;
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDocument};

use super::element;
use crate::{components::Visit, explanation};

/// Fetches the lessons at the first click on a summary, and flips a switch at a click on one.
pub(super) fn clicked(target: &Element, visit: Visit) {
    if target
        .closest("#explanation summary")
        .is_ok_and(|summary| summary.is_some())
    {
        fetch();
    } else if target.has_attribute("data-fault") {
        flip(target.clone(), visit);
    }
}

/// A fault that was left switched on must not be hidden from who wonders.
pub(super) fn open_if_a_fault_is_on() {
    // The browser's own search: Rust's would bring 2 kB along.
    let cookies = JsString::from(
        document()
            .unchecked_into::<HtmlDocument>()
            .cookie()
            .unwrap_or_default(),
    );
    if cookies.includes("demo-fault=", 0) {
        let _ = element("faults").set_attribute("open", "");
        fetch();
    }
}

fn fetch() {
    let (faults, pieces) = (element("faults-to-try"), element("pieces-to-take"));
    if pieces.has_child_nodes() {
        return;
    }
    spawn_local(async move {
        // Without an answer the next click asks again.
        if let Ok(lessons) = explanation::lessons().await {
            // HTML of our own server, escaped where it is made; nothing that a visitor wrote is in
            // it.
            faults.set_inner_html(&lessons.faults);
            pieces.set_inner_html(&lessons.pieces);
        }
    });
}

/// Switches the fault on, or off if it is, and asks for a token so that there is something to
/// watch.
fn flip(switch: Element, visit: Visit) {
    let on = document()
        .query_selector("[data-fault][aria-checked=true]")
        .ok()
        .flatten();
    let was_on = on.as_ref() == Some(&switch);
    let name = |switch: &Element| switch.get_attribute("data-fault").unwrap_or_default();
    let is_of_the_script = [Some(&switch), on.as_ref()]
        .into_iter()
        .flatten()
        .any(|one| name(one) == "blocked_script");
    let wanted = if was_on { String::new() } else { name(&switch) };
    // A session ends once, and stays ended.
    let stays_on = !was_on && wanted != "signed_out_elsewhere";
    spawn_local(async move {
        if explanation::switch_fault(wanted).await.is_err() {
            return;
        }
        if is_of_the_script {
            // The script is loaded with the page.
            let _ = window().location().reload();
        }
        if let Some(on) = on {
            let _ = on.set_attribute("aria-checked", "false");
        }
        let _ = switch.set_attribute("aria-checked", if stays_on { "true" } else { "false" });
        visit.identity.traits_changed();
    });
}
