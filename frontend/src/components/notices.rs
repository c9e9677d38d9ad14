//! What the visitor has to know, and what they can do about it.

use leptos::prelude::*;
use lifecycle::State;

use super::flag;
use crate::{app::SharedDriver, identity::View};

/// Lines above the page; none when all is well.
#[component]
pub(crate) fn Notices(driver: SharedDriver, view: View) -> impl IntoView {
    let unless = move |state: State| flag(move || view.with(|shown| shown.state != state));
    let try_again = move |_| driver.with_value(|driver| driver.try_widget_again());
    view! {
        <div role="status" class="notices">
            <p class="notice" hidden=unless(State::SignedOutElsewhere)>
                "Your session has ended, in another tab or on the server. Please sign in again."
            </p>
            <p class="notice" hidden=unless(State::SignOutUnfinished)>
                "The server cannot be reached, so your session may still be open. Signing out goes on until it works."
            </p>
            <p class="notice" hidden=flag(move || !view.with(|shown| shown.widget.is_lost()))>
                "The feedback widget did not load; something may be blocking it. Everything else works. "
                <button type="button" class="link" on:click=try_again>"Try again"</button>
            </p>
        </div>
    }
}
