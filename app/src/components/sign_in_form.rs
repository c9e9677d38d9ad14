//! The form to sign in, or to sign up.

use leptos::{ev::SubmitEvent, html, prelude::*};

use super::{Complaint, Credentials, Visit};
use crate::{Field, Password};

/// An email and a password; a name too for those who are new here. What was typed leaves the page
/// with the form, when somebody is signed in.
#[component]
pub(crate) fn SignInForm() -> impl IntoView {
    let visit = Visit::get();
    let (is_new, set_new) = signal(false);
    let [name, email, password] = [(); 3].map(|()| NodeRef::<html::Input>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if visit.is_signing_in() {
            return;
        }
        let typed = |field: NodeRef<html::Input>| field.get().map(|input| input.value());
        visit.by_form.dispatch(Credentials {
            name: typed(name),
            email: typed(email).unwrap_or_default(),
            password: Password::from(typed(password).unwrap_or_default()),
        });
    };
    let error = Memo::new(move |_| visit.by_form.value().get()?.err());
    let about = move |field: Option<Field>| {
        Signal::derive(move || error.get().filter(|error| error.field() == field))
    };
    let is_wrong = move |field: Field| {
        Signal::derive(move || match about(Some(field)).get() {
            Some(_) => "true".to_owned(),
            None => "false".to_owned(),
        })
    };
    let either = move |new: &'static str, known: &'static str| {
        Signal::derive(move || if is_new.get() { new } else { known }.to_owned())
    };
    let is_pending = Signal::derive(move || visit.is_signing_in());
    view! {
        <form class="form" on:submit=submit>
            <h3>{either("Create an account", "With an email")}</h3>
            <Show when=move || is_new.get()>
                <label for="name">"Name"</label>
                <input
                    id="name"
                    node_ref=name
                    dir="auto"
                    autocomplete="name"
                    maxlength="100"
                    required
                    aria-describedby="name-problem"
                    aria-invalid=is_wrong(Field::Name)
                />
                <Complaint id="name-problem" error=about(Some(Field::Name)) />
            </Show>
            <label for="email">"Email"</label>
            <input
                id="email"
                node_ref=email
                type="email"
                autocomplete="username"
                maxlength="254"
                required
                aria-describedby="email-problem"
                aria-invalid=is_wrong(Field::Email)
            />
            <Complaint id="email-problem" error=about(Some(Field::Email)) />
            <label for="password">"Password"</label>
            <input
                id="password"
                node_ref=password
                type="password"
                autocomplete=either("new-password", "current-password")
                minlength=either("8", "1")
                maxlength="128"
                required
                aria-describedby="password-problem"
                aria-invalid=is_wrong(Field::Password)
            />
            <Complaint id="password-problem" error=about(Some(Field::Password)) />
            <button class="primary" disabled=is_pending>
                {either("Create account", "Sign in")}
            </button>
            <Complaint id="form-problem" error=about(None) />
            <button type="button" class="link" on:click=move |_| set_new.update(|new| *new = !*new)>
                {either("I have an account", "Create an account instead")}
            </button>
        </form>
    }
}
