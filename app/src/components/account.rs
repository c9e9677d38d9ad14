//! The signed-in user: who they are, what they pay, the way out.

use leptos::prelude::*;
use reqio_leptos::Status;

use super::{Access, PlanPicker, Visit, flag, text};
use crate::{User, money::charge};

/// The account card.
#[component]
pub(crate) fn Account() -> impl IntoView {
    let visit = Visit::get();
    let user = move |read: fn(&User) -> String| {
        text(move || {
            visit
                .user
                .with(|user| user.as_ref().map(read).unwrap_or_default())
        })
    };
    let leaving = move || {
        matches!(
            visit.status(),
            Status::SigningOut | Status::SignOutUnfinished
        )
    };
    view! {
        <div class="stack" hidden=flag(move || visit.access() != Access::SignedIn)>
            <div class="account">
                <span class="avatar" aria-hidden="true">
                    {user(|user| user.name.chars().take(1).collect())}
                </span>
                <div>
                    <strong data-testid="user-name">{user(|user| user.name.clone())}</strong>
                    <span class="quiet">{user(|user| user.email.clone())}</span>
                </div>
                <div class="plan">
                    <strong>{user(|user| user.plan.clone())}</strong>
                    <span class="quiet">{user(|user| charge(user.amount, user.interval))}</span>
                </div>
            </div>
            <PlanPicker />
            <button
                type="button"
                class="secondary"
                on:click=move |_| visit.identity.sign_out()
                disabled=flag(leaving)
            >
                {text(move || if leaving() { "Signing out…" } else { "Sign out" }.to_owned())}
            </button>
            <p role="alert" class="error">
                {text(move || visit.attempt.error.get())}
            </p>
        </div>
    }
}
