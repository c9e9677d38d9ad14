//! The form to sign in, or to sign up.

use leptos::{ev::SubmitEvent, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement};

use super::{Access, Visit, flag, text};
use crate::{Password, sign_in, sign_up};

/// An email and a password; a name too for those who are new here.
#[component]
pub(crate) fn SignInForm() -> impl IntoView {
    let visit = Visit::get();
    let attempt = visit.attempt;
    let new_here = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (email, password) = (
            field(&event, "email"),
            Password::from(field(&event, "password")),
        );
        if new_here.get_untracked() {
            let request = sign_up(field(&event, "name"), email, password);
            attempt.start(visit, "/api/sign_up", Box::pin(request));
        } else {
            attempt.start(visit, "/api/sign_in", Box::pin(sign_in(email, password)));
        }
    };
    let either = move |new: &'static str, known: &'static str| {
        text(move || if new_here.get() { new } else { known }.to_owned())
    };
    let known = flag(move || !new_here.get());
    view! {
        <p class="quiet" hidden=flag(move || visit.access() != Access::Loading)>
            "Loading…"
        </p>
        <form
            class="form"
            hidden=flag(move || visit.access() != Access::SignedOut)
            on:submit=submit
        >
            <label for="name" hidden=known>
                "Name"
            </label>
            <input
                id="name"
                name="name"
                type="text"
                autocomplete="name"
                maxlength="100"
                required
                hidden=known
                disabled=known
            />
            <label for="email">"Email"</label>
            <input id="email" name="email" type="email" autocomplete="username" required />
            <label for="password">"Password"</label>
            <input
                id="password"
                name="password"
                type="password"
                autocomplete=either("new-password", "current-password")
                minlength=either("8", "1")
                maxlength="128"
                required
            />
            <p role="alert" class="error">
                {text(move || attempt.error.get())}
            </p>
            <button class="primary" disabled=flag(move || attempt.pending.get())>
                {either("Create account", "Sign in")}
            </button>
            <button
                type="button"
                class="link"
                on:click=move |_| new_here.update(|new| *new = !*new)
            >
                {either("I have an account", "Create an account instead")}
            </button>
        </form>
    }
}

/// What was typed into the field of this name.
fn field(event: &SubmitEvent, name: &str) -> String {
    let form = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let data = form.and_then(|form| FormData::new_with_form(&form).ok());
    data.and_then(|data| data.get(name).as_string())
        .unwrap_or_default()
}
