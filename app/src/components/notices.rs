//! What the visitor has to know, and what they can do about it.

use leptos::prelude::*;
use reqio_leptos::{Status, use_reqio};

use super::clock::use_now;

/// Lines above the page; none when all is well.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let reqio = use_reqio();
    let is = move |status: Status| move || reqio.status().get() == status;
    view! {
        <div role="status" class="notices">
            <Show when=is(Status::SignedOutElsewhere)>
                <p class="notice">
                    "Your session has ended, in another tab or on the server. Please sign in again."
                </p>
            </Show>
            <Show when=is(Status::SignOutUnfinished)>
                <SignOutUnfinished />
            </Show>
        </div>
    }
}

/// Until when the widget may still act as somebody who wants to be signed out.
#[component]
fn SignOutUnfinished() -> impl IntoView {
    let (until, now) = (use_reqio().identified_until(), use_now());
    let seconds = Signal::derive(move || {
        let until = until.get().unwrap_or_default();
        until.saturating_sub(now.get()).as_secs().to_string()
    });
    view! {
        <p class="notice">
            "The server cannot be reached, so your session may still be open. Signing out goes on \
             until it works. The widget may act as you for at most "
            <span aria-live="off">{seconds}</span> " seconds more."
        </p>
    }
}
