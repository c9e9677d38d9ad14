//! What can go wrong, as switches to flip.

use js_sys::JsString;
use leptos::prelude::*;
use reqio_leptos::use_reqio;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlDocument;

use super::{Fetching, Missing, fetch};
use crate::{
    ApiError,
    explanation::{FaultLesson, switch_fault},
};

/// The fault that is switched on, by its name.
type SwitchedOn = RwSignal<Option<String>>;

/// The faults of the demo. Their words come when somebody opens this.
#[component]
pub(super) fn Faults() -> impl IntoView {
    let fetching = expect_context::<Fetching>();
    let switched_on = SwitchedOn::new(None);
    provide_context(switched_on);
    let faults = move || {
        let lessons = fetching.value().get()?.ok()?;
        switched_on.set(lessons.switched_on);
        let switches = lessons
            .faults
            .into_iter()
            .map(|fault| view! { <Switch fault /> });
        Some(switches.collect_view())
    };
    view! {
        <details class="card" open=is_a_fault_on() on:toggle=move |_| fetch(fetching)>
            <summary>
                <h2>"What can go wrong"</h2>
                " "
                <span class="quiet">"Flip a switch and watch"</span>
            </summary>
            <ul class="faults">{faults}</ul>
            <Missing />
        </details>
    }
}

/// Switches a fault on, or off if it is, and asks for a token so that there is something to watch.
#[component]
fn Switch(fault: FaultLesson) -> impl IntoView {
    let (reqio, switched_on) = (use_reqio(), expect_context::<SwitchedOn>());
    let FaultLesson {
        name,
        title,
        behaviour,
    } = fault;
    let name = StoredValue::new(name);
    let is_on =
        Signal::derive(move || name.with_value(|name| switched_on.get().as_ref() == Some(name)));
    let flip = Action::new(move |wanted: &Option<String>| {
        let wanted = wanted.clone();
        async move {
            switch_fault(wanted.clone().unwrap_or_default()).await?;
            Ok::<_, ApiError>(wanted)
        }
    });
    let click = move |_| {
        let wanted = (!is_on.get()).then(|| name.get_value());
        flip.dispatch(wanted);
    };
    Effect::new(move |_| {
        let Some(Ok(now_on)) = flip.value().get() else {
            return;
        };
        let is_of_the_script = |fault: &Option<String>| fault.as_deref() == Some("blocked_script");
        if is_of_the_script(&now_on) || switched_on.with_untracked(is_of_the_script) {
            // The script is loaded with the page.
            let _ = window().location().reload();
        }
        // A session ends once, and stays ended.
        switched_on.set(now_on.filter(|fault| fault != "signed_out_elsewhere"));
        reqio.traits_changed();
    });
    let error = Signal::derive(move || match flip.value().get() {
        Some(Err(error)) => error.message,
        _ => String::new(),
    });
    let checked = Signal::derive(move || is_on.get().to_string());
    view! {
        <li>
            <button type="button" role="switch" aria-checked=checked on:click=click>
                {title}
            </button>
            <p class="quiet">{behaviour}</p>
            <p role="alert" class="error">
                {error}
            </p>
        </li>
    }
}

/// A fault that was left switched on must not be hidden from who wonders.
fn is_a_fault_on() -> bool {
    // The browser's own search: Rust's would bring 2 kB along.
    let document: HtmlDocument = document().unchecked_into();
    JsString::from(document.cookie().unwrap_or_default()).includes("demo-fault=", 0)
}
