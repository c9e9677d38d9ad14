//! Tells Reqio who is signed in, and keeps telling it before each token expires.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, closure::Closure};

use crate::{
    api::{Identity, identity_token},
    widget,
};

/// Call it when the page has loaded, for those who come with a session, and after every sign-in.
pub fn identify_user() {
    if widget::is_loaded() {
        return spawn_local(identify());
    }
    // The script is `async`: it may run after this. If it is blocked, `load` never comes and
    // nothing else is missing.
    if let Some(script) = document().get_element_by_id("reqio-widget") {
        let identify = Closure::once_into_js(|| spawn_local(identify()));
        let _ = script.add_event_listener_with_callback("load", identify.unchecked_ref());
    }
}

async fn identify() {
    let wait = match identity_token().await {
        Ok(Identity { token, expires_in }) if widget::identify(&token).is_ok() => expires_in * 2 / 3,
        // Nobody is signed in: the visitor stays anonymous until the next sign-in.
        Err(ServerFnError::ServerError(reason)) if reason == "unauthorized" => return,
        _ => 30,
    };
    set_timeout(|| spawn_local(identify()), Duration::from_secs(wait));
}

/// Reqio documents no way to forget a user, so leaving one means loading the page anew: without a
/// token it is anonymous.
pub async fn sign_out() {
    if crate::session::sign_out().await.is_ok() {
        let _ = window().location().reload();
    }
}
