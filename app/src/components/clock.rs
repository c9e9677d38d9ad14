//! The time, for what counts down.

use std::time::Duration;

use leptos::prelude::*;
use reqio_leptos::use_reqio;

/// The clock by which tokens expire, once a second for as long as the component is there.
pub(super) fn use_now() -> ReadSignal<Duration> {
    let reqio = use_reqio();
    let (now, set_now) = signal(reqio.now());
    let tick = move || set_now.set(reqio.now());
    if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    now
}
