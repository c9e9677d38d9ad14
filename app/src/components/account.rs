//! The signed-in user: who they are, what they pay, the way out.

use leptos::{html, prelude::*};
use reqio_leptos::{Status, use_reqio};

use super::{PlanPicker, Visit};
use crate::{User, money::charge};

/// The account card.
#[component]
pub(crate) fn Account() -> impl IntoView {
    let (visit, reqio) = (Visit::get(), use_reqio());
    let of_user = move |read: fn(&User) -> String| {
        Signal::derive(move || {
            visit
                .user
                .with(|user| user.as_ref().map(read).unwrap_or_default())
        })
    };
    let is_leaving = Signal::derive(move || {
        let status = reqio.status().get();
        matches!(status, Status::SigningOut | Status::SignOutUnfinished)
    });
    let sign_out = Signal::derive(move || match is_leaving.get() {
        true => "Signing out…".to_owned(),
        false => "Sign out".to_owned(),
    });
    // What was clicked to sign in has left the page, and the focus with it.
    let name = NodeRef::<html::Strong>::new();
    Effect::new(move |_| {
        let signed_in_here = untrack(|| {
            let answers = [visit.by_form.value(), visit.by_click.value()];
            answers
                .iter()
                .any(|answer| answer.with(|answer| matches!(answer, Some(Ok(_)))))
        });
        if let Some(name) = name.get().filter(|_| signed_in_here) {
            let _ = name.focus();
        }
    });
    view! {
        <div class="account">
            <span class="avatar" aria-hidden="true">
                {of_user(|user| user.name.chars().take(1).collect())}
            </span>
            <div>
                <strong node_ref=name tabindex="-1" dir="auto" data-testid="user-name">
                    {of_user(|user| user.name.clone())}
                </strong>
                <span class="quiet">{of_user(|user| user.email.clone())}</span>
            </div>
            <div class="plan">
                <strong>{of_user(|user| user.plan.clone())}</strong>
                <span class="quiet">{of_user(|user| charge(user.amount, user.interval))}</span>
            </div>
        </div>
        <Show when=move || visit.is_sandbox.get()>
            <PlanPicker />
        </Show>
        <button
            type="button"
            class="secondary"
            on:click=move |_| reqio.sign_out()
            disabled=is_leaving
        >
            {sign_out}
        </button>
    }
}
