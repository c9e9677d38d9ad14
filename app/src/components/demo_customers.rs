//! The demo customers, one click away.

use leptos::prelude::*;

use super::{Access, Visit, flag};
use crate::{DEMO_CUSTOMERS, DEMO_PASSWORD, DemoCustomer, Password, money::charge, sign_in};

/// A button for each demo customer but the one signed in; nothing where the real Reqio is set up.
#[component]
pub(crate) fn DemoCustomers() -> impl IntoView {
    let visit = Visit::get();
    let hidden = flag(move || !visit.is_sandbox() || visit.access() == Access::Loading);
    view! {
        <div hidden=hidden class="stack">
            <h3 id="demo-customers">"Sign in as a demo customer"</h3>
            <ul class="customers" aria-labelledby="demo-customers">
                {DEMO_CUSTOMERS
                    .map(|customer| view! { <Customer customer /> })
                    .into_iter()
                    .collect_view()}
            </ul>
        </div>
    }
}

/// One of them.
#[component]
fn Customer(customer: DemoCustomer) -> impl IntoView {
    let visit = Visit::get();
    let sign_in = move |_| {
        let password = Password::from(DEMO_PASSWORD.to_owned());
        let request = sign_in(customer.email.to_owned(), password);
        visit
            .attempt
            .start(visit, "/api/sign_in", Box::pin(request));
    };
    let is_signed_in = move || {
        let is_them = |user: &crate::User| user.email == customer.email;
        visit.access() == Access::SignedIn
            && visit.user.with(|user| user.as_ref().is_some_and(is_them))
    };
    let price = charge(customer.plan.price(customer.interval), customer.interval);
    view! {
        <li hidden=flag(is_signed_in)>
            <button
                type="button"
                class="customer"
                on:click=sign_in
                disabled=flag(move || visit.attempt.pending.get())
            >
                <strong>{customer.name}</strong>
                <span>{format!("{}, {price}", customer.plan.as_str())}</span>
            </button>
        </li>
    }
}
