//! The page: your app on the left, what Reqio sees of it on the right, and below how it works.

use leptos::prelude::*;

use super::{Backlog, Notices, PageFooter, PageHeader, Visit, WhatReqioSees, YourApp};
use crate::explanation::Explanation;

/// The root of the page. Identity lives here, above everything that comes and goes.
#[component]
pub fn App() -> impl IntoView {
    Visit::start();
    view! {
        <div class="page">
            <PageHeader />
            <Notices />
            <main class="columns">
                <YourApp />
                <WhatReqioSees />
            </main>
            <Backlog />
            <PageFooter />
            <Explanation />
        </div>
    }
}
