//! What the visitor is told where the widget did not load, and what they can do about it.

use leptos::prelude::*;
use reqio_leptos::{WidgetState, use_reqio};

/// Beside the state and not above the page, which would move down when this comes.
#[component]
pub(crate) fn MissingWidget() -> impl IntoView {
    let reqio = use_reqio();
    let is_lost = Signal::derive(move || matches!(reqio.widget().get(), WidgetState::Lost(_)));
    view! {
        <div role="status" class="notices">
            <Show when=move || is_lost.get()>
                <p class="notice">
                    "The feedback widget did not load; something may be blocking it. Everything \
                     else works. "
                    <button type="button" class="link" on:click=move |_| reqio.retry_widget()>
                        "Try again"
                    </button>
                </p>
            </Show>
        </div>
    }
}
