//! What the visitor is told where the widget did not load, and what they can do about it.

use leptos::prelude::*;
use reqio_leptos::{WidgetState, use_reqio};

use super::Visit;

/// Beside the state and not above the page, which would move down when this comes.
#[component]
pub(crate) fn MissingWidget() -> impl IntoView {
    let reqio = use_reqio();
    let project = Visit::get().project;
    let script = Signal::derive(move || match project.get() {
        Some(project) => project.widget_url,
        None => String::new(),
    });
    let is_lost = Signal::derive(move || matches!(reqio.widget().get(), WidgetState::Lost(_)));
    view! {
        <div role="status" class="notices">
            <Show when=move || is_lost.get()>
                <p class="notice">
                    "The feedback widget did not load from " {script}
                    ". Something may be blocking it, or its port is not forwarded to this machine. \
                     Everything else works. "
                    <button type="button" class="link" on:click=move |_| reqio.retry_widget()>
                        "Try again"
                    </button>
                </p>
            </Show>
        </div>
    }
}
