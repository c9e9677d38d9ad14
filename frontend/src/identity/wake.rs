//! The moments when a tab that was away comes back: timers may be late, so it looks at once.

use leptos::prelude::{document, window_event_listener_untyped};
use web_sys::VisibilityState;

/// Calls `woke` when the page becomes visible, is shown again, or the network returns.
pub(crate) fn listen(woke: impl Fn() + Clone + 'static) {
    for event in ["visibilitychange", "pageshow", "online"] {
        let woke = woke.clone();
        // visibilitychange bubbles from the document to the window.
        let listener = window_event_listener_untyped(event, move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                woke();
            }
        });
        std::mem::forget(listener);
    }
}
