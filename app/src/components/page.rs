//! The head and the foot of the page.

use leptos::prelude::*;

use super::{Visit, flag, text};

/// What this is, and which Reqio it talks to.
#[component]
pub(crate) fn PageHeader() -> impl IntoView {
    let visit = Visit::get();
    let name = text(move || {
        let names = ["reqio.app, project ", "Sandbox, project "];
        names[usize::from(visit.is_sandbox())].to_owned()
    });
    let project = text(move || {
        let id = |reqio: &crate::ReqioProject| reqio.project_id.to_string();
        visit
            .reqio
            .with(|reqio| reqio.as_ref().map(id).unwrap_or_default())
    });
    view! {
        <header class="page-header">
            <div>
                <h1>"Reqio identity in Rust"</h1>
                <p>"A user signs in, and Reqio learns who is asking and what they pay."</p>
            </div>
            <p class="mode" hidden=flag(move || visit.reqio.with(Option::is_none))>
                {name}
                <code>{project}</code>
            </p>
        </header>
    }
}

/// Where to look next.
#[component]
pub(crate) fn PageFooter() -> impl IntoView {
    let visit = Visit::get();
    let not_sandbox = flag(move || !visit.is_sandbox());
    view! {
        <footer class="page-footer">
            <a hidden=not_sandbox href=text(move || visit.sandbox_page(""))>
                "The team's backlog"
            </a>
            <a hidden=not_sandbox href=text(move || visit.sandbox_page("/identity"))>
                "Every token the sandbox judged"
            </a>
            <a href="/server-rendered">"The same, rendered by the server"</a>
        </footer>
    }
}
