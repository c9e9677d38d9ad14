//! The demo customers, one click away.

use app::{DEMO_CUSTOMERS, DEMO_PASSWORD, DemoCustomer, Password};
use leptos::prelude::*;

use super::{Attempt, flag};
use crate::{
    app::SharedDriver,
    identity::{Stage, View},
    money::charge,
};

/// A button for each demo customer but the one signed in; nothing where the real Reqio is set up.
#[component]
pub(crate) fn DemoCustomers(driver: SharedDriver, view: View, attempt: Attempt) -> impl IntoView {
    let customer = move |customer: DemoCustomer| {
        let sign_in = move |_| {
            let password = Password::from(DEMO_PASSWORD.to_owned());
            attempt.start(
                driver,
                "/api/sign_in",
                Box::pin(app::sign_in(customer.email.to_owned(), password)),
            );
        };
        let price = charge(customer.plan.price(customer.interval), customer.interval);
        view! {
            <li hidden=flag(move || view.with(|shown| shown.user.as_ref().is_some_and(|user| user.email == customer.email)))>
                <button type="button" class="customer" on:click=sign_in disabled=flag(move || attempt.pending.get())>
                    <strong>{customer.name}</strong>
                    <span>{format!("{}, {price}", customer.plan.as_str())}</span>
                </button>
            </li>
        }
    };
    view! {
        <div hidden=flag(move || view.with(|shown| !shown.is_sandbox() || shown.stage() == Stage::Loading)) class="stack">
            <h3 id="demo-customers">"Sign in as a demo customer"</h3>
            <ul class="customers" aria-labelledby="demo-customers">{Vec::from(DEMO_CUSTOMERS.map(customer))}</ul>
        </div>
    }
}
