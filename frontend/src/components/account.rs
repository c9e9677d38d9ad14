//! The signed-in user: who they are, what they pay, the way out.

use app::User;
use leptos::prelude::*;
use lifecycle::State;

use super::{Attempt, PlanPicker, flag, text};
use crate::{
    app::SharedDriver,
    identity::{Stage, View},
    money::charge,
};

/// The account card.
#[component]
pub(crate) fn Account(driver: SharedDriver, view: View, attempt: Attempt) -> impl IntoView {
    let user = move |read: fn(&User) -> String| {
        text(move || view.with(|shown| shown.user.as_ref().map(read).unwrap_or_default()))
    };
    let leaving = move || {
        view.with(|shown| matches!(shown.state, State::SigningOut | State::SignOutUnfinished))
    };
    let sign_out = move |_| driver.with_value(|driver| driver.sign_out());
    view! {
        <div class="stack" hidden=flag(move || view.with(|shown| shown.stage() != Stage::SignedIn))>
            <div class="account">
                <span class="avatar" aria-hidden="true">{user(|user| user.name.chars().take(1).collect())}</span>
                <div>
                    <strong data-testid="user-name">{user(|user| user.name.clone())}</strong>
                    <span class="quiet">{user(|user| user.email.clone())}</span>
                </div>
                <div class="plan">
                    <strong>{user(|user| user.plan.clone())}</strong>
                    <span class="quiet">{user(|user| charge(user.amount, user.interval))}</span>
                </div>
            </div>
            <PlanPicker driver view attempt />
            <button type="button" class="secondary" on:click=sign_out disabled=flag(leaving)>
                {text(move || if leaving() { "Signing out…" } else { "Sign out" }.to_owned())}
            </button>
            <p role="alert" class="error">{text(move || attempt.error.get())}</p>
        </div>
    }
}
