//! The left half: a product with users, as yours may be.

use leptos::prelude::*;

use super::{Access, Account, DemoCustomers, SignInForm, Visit};

/// Whoever is signed in, or the ways to become somebody.
#[component]
pub(crate) fn YourApp() -> impl IntoView {
    let Visit {
        access, problem, ..
    } = Visit::get();
    // What the server said, if it refuses to say who is signed in.
    let loading = Signal::derive(move || match problem.get() {
        Some(error) => error.message,
        None => "Loading…".to_owned(),
    });
    let is = move |wanted: Access| move || access.get() == wanted;
    view! {
        <section class="card" aria-labelledby="your-app">
            <h2 id="your-app">"Your app"</h2>
            <Show when=is(Access::Loading)>
                <p class="quiet">{loading}</p>
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
