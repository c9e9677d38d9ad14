//! The page: your app on the left, what Reqio sees of it on the right.
//!
//! All of it is in the document from the start and what does not apply is hidden. That keeps the
//! WebAssembly small, since every part that comes and goes costs kilobytes, and nobody's half-typed
//! password is ever drawn anew.

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    components::{
        Account, Attempt, DemoCustomers, Notices, PageFooter, PageHeader, SignInForm, TokenInUse,
        Verdict,
    },
    explanation,
    identity::Driver,
};

/// The driver, as components reach it.
pub(crate) type SharedDriver = StoredValue<Rc<Driver>, LocalStorage>;

/// The root of the page. Identity lives here, above everything that comes and goes.
///
/// What the components share is passed to each by name. Leptos's context would do it out of sight,
/// and for about 5 kB more of the compressed WebAssembly, since it keeps everything in a hash map
/// by type.
#[component]
pub(crate) fn App() -> impl IntoView {
    let driver = Driver::start();
    let view = driver.view();
    let driver = StoredValue::new_local(driver);
    let attempt = Attempt::new();
    explanation::start(driver, view);
    view! {
        <PageHeader view />
        <Notices driver view />
        <main class="columns">
            <section class="card" aria-labelledby="your-app">
                <h2 id="your-app">"Your app"</h2>
                <SignInForm driver view attempt />
                <Account driver view attempt />
                <DemoCustomers driver view attempt />
            </section>
            <section class="card" aria-labelledby="what-reqio-sees">
                <h2 id="what-reqio-sees">"What Reqio sees"</h2>
                <TokenInUse view />
                <Verdict view />
            </section>
        </main>
        <PageFooter view />
    }
}
