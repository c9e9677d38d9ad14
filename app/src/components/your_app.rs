//! The left half: a product with users, as yours may be.

use leptos::prelude::*;

use super::{Access, Account, Complaint, DemoCustomers, SignInForm, Visit};

/// Whoever is signed in, or the ways to become somebody.
#[component]
pub(crate) fn YourApp() -> impl IntoView {
    let Visit {
        access, problem, ..
    } = Visit::get();
    let is = move |wanted: Access| move || access.get() == wanted;
    view! {
        <section class="card" aria-labelledby="your-app">
            <h2 id="your-app">"Your app"</h2>
            <Show when=is(Access::Loading)>
                <p class="quiet">"Loading…"</p>
                <Complaint id="session-problem" error=problem />
            </Show>
            <Show when=is(Access::SignedIn)>
                <Account />
            </Show>
            <DemoCustomers />
            <Show when=is(Access::SignedOut)>
                <SignInForm />
            </Show>
        </section>
    }
}
