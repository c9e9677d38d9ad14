//! What the visitor has to know, and what they can do about it.

use leptos::prelude::*;
use reqio_leptos::{Status, WidgetState};

use super::{Visit, flag, text, ticking};

/// Lines above the page; none when all is well.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let visit = Visit::get();
    let unless = move |status: Status| flag(move || visit.status() != status);
    let is_there = flag(move || !matches!(visit.identity.widget().get(), WidgetState::Lost(_)));
    let now = ticking(visit.identity);
    let widget_until = move || {
        let until = visit.identity.identified_until().get().unwrap_or_default();
        until.saturating_sub(now.get()).as_secs().to_string()
    };
    view! {
        <div role="status" class="notices">
            <p class="notice" hidden=unless(Status::SignedOutElsewhere)>
                "Your session has ended, in another tab or on the server. Please sign in again."
            </p>
            <p class="notice" hidden=unless(Status::SignOutUnfinished)>
                "The server cannot be reached, so your session may still be open. Signing out goes on until it works. "
                "The widget may act as you for at most "
                {text(widget_until)}
                " seconds more."
            </p>
            <p class="notice" hidden=is_there>
                "The feedback widget did not load; something may be blocking it. Everything else works. "
                <button type="button" class="link" on:click=move |_| visit.identity.retry_widget()>
                    "Try again"
                </button>
            </p>
        </div>
    }
}
