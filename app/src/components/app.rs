//! The page: your app on the left, what Reqio sees of it on the right.

use leptos::prelude::*;

use super::{
    Account, DemoCustomers, Notices, PageFooter, PageHeader, SignInForm, TokenInUse, Verdict, Visit,
};
use crate::explanation;

/// The root of the page. Identity lives here, above everything that comes and goes.
///
/// All of it is in the document from the start and what does not apply is hidden: nobody's
/// half-typed password is ever drawn anew.
#[component]
pub fn App() -> impl IntoView {
    let visit = Visit::start();
    explanation::start(visit);
    view! {
        <PageHeader />
        <Notices />
        <main class="columns">
            <section class="card" aria-labelledby="your-app">
                <h2 id="your-app">"Your app"</h2>
                <SignInForm />
                <Account />
                <DemoCustomers />
            </section>
            <section class="card" aria-labelledby="what-reqio-sees">
                <h2 id="what-reqio-sees">"What Reqio sees"</h2>
                <TokenInUse />
                <Verdict />
            </section>
        </main>
        <PageFooter />
    }
}
