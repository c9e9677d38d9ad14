//! The moments when a tab that was away comes back: timers may be late, so it looks at once.

use gloo_events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{PageTransitionEvent, VisibilityState};

/// The listeners, which end when they are dropped.
pub(crate) struct Wake(#[expect(dead_code, reason = "held to be dropped")] Vec<EventListener>);

/// How a page went away or came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Return {
    /// It is visible again, or the network is back.
    Woke,
    /// It is on its way into the back/forward cache.
    Frozen,
    /// It is back from there, as it was.
    Restored,
}

impl Wake {
    /// Calls `then` with what happens.
    pub(crate) fn listen(then: impl Fn(Return) + Clone + 'static) -> Self {
        let Some(window) = web_sys::window() else {
            return Self(Vec::new());
        };
        // `visibilitychange` bubbles from the document to the window. `focus` would never come in
        // an iframe.
        let names = ["visibilitychange", "pageshow", "online", "pagehide"];
        let listeners = names.map(|name| {
            let then = then.clone();
            EventListener::new(&window, name, move |event| {
                let transition = event.dyn_ref::<PageTransitionEvent>();
                let is_cached = transition.is_some_and(PageTransitionEvent::persisted);
                match name {
                    "pagehide" if is_cached => then(Return::Frozen),
                    "pagehide" => {}
                    "pageshow" if is_cached => then(Return::Restored),
                    _ if is_visible() => then(Return::Woke),
                    _ => {}
                }
            })
        });
        Self(listeners.into())
    }
}

fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
