//! The other tabs: told that the session may have changed, never the token.

use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::BroadcastChannel;

const CHANNEL: &str = "session";

/// The channel between tabs of this origin; nothing where the browser has none.
pub(crate) struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Calls `changed` whenever another tab tells, and when this page comes back from the
    /// back/forward cache, where it could not be told.
    pub(crate) fn listen(changed: impl Fn() + Clone + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let changed = changed.clone();
            let on_message = Closure::<dyn Fn()>::new(changed);
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            // It listens for as long as the page lives.
            on_message.forget();
        }
        let on_return = window_event_listener_untyped("pageshow", move |event| {
            if event
                .unchecked_ref::<web_sys::PageTransitionEvent>()
                .persisted()
            {
                changed();
            }
        });
        std::mem::forget(on_return);
        Self(channel)
    }

    /// Tells every other tab.
    pub(crate) fn tell(&self) {
        if let Some(channel) = &self.0 {
            // A channel that is closed has nobody left to tell.
            let _ = channel.post_message(&JsValue::from_str("changed"));
        }
    }
}
