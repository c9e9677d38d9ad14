//! The demo customers, one click away.

use leptos::prelude::*;

use super::{Access, Complaint, Credentials, Visit};
use crate::{DEMO_CUSTOMERS, DEMO_PASSWORD, DemoCustomer, Password, User, money::charge};

/// A button for each demo customer but the one signed in; nothing where the real Reqio is set up.
#[component]
pub(crate) fn DemoCustomers() -> impl IntoView {
    let visit = Visit::get();
    let are_offered =
        Signal::derive(move || visit.is_sandbox.get() && visit.access.get() != Access::Loading);
    let heading = Signal::derive(move || match visit.access.get() {
        Access::SignedIn => "Be somebody else".to_owned(),
        _ => "Sign in as somebody".to_owned(),
    });
    let error = Signal::derive(move || visit.by_click.value().get()?.err());
    view! {
        <Show when=move || are_offered.get()>
            <div class="stack">
                <h3 id="demo-customers">{heading}</h3>
                <ul class="customers" aria-labelledby="demo-customers">
                    {DEMO_CUSTOMERS
                        .map(|customer| view! { <Customer customer /> })
                        .into_iter()
                        .collect_view()}
                </ul>
                <Complaint id="customer-problem" error />
            </div>
        </Show>
    }
}

/// One of them.
#[component]
fn Customer(customer: DemoCustomer) -> impl IntoView {
    let visit = Visit::get();
    let sign_in = move |_| {
        visit.by_click.dispatch(Credentials {
            name: None,
            email: customer.email.to_owned(),
            password: Password::from(DEMO_PASSWORD.to_owned()),
        });
    };
    let is_somebody_else = Signal::derive(move || {
        let is_them = |user: &User| user.email == customer.email;
        visit.access.get() != Access::SignedIn
            || !visit.user.with(|user| user.as_ref().is_some_and(is_them))
    });
    let is_pending = Signal::derive(move || visit.is_signing_in());
    let price = match customer.plan.price(customer.interval) {
        nothing if nothing.get() == 0 => "pays nothing".to_owned(),
        price => charge(price, customer.interval),
    };
    view! {
        <Show when=move || is_somebody_else.get()>
            <li>
                <button type="button" class="customer" on:click=sign_in disabled=is_pending>
                    <strong>{customer.name}</strong>
                    <span>{price.clone()}</span>
                </button>
            </li>
        </Show>
    }
}
