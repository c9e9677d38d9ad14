//! The head and the foot of the page.

use leptos::prelude::*;

use super::{flag, text};
use crate::identity::View;

/// What this is, and which Reqio it talks to.
#[component]
pub(crate) fn PageHeader(view: View) -> impl IntoView {
    let name = text(move || {
        let sandbox = view.with(|shown| shown.is_sandbox());
        if sandbox {
            "Sandbox, project "
        } else {
            "reqio.app, project "
        }
        .to_owned()
    });
    let project = text(move || {
        view.with(|shown| {
            shown
                .reqio
                .as_ref()
                .map(|reqio| reqio.project_id.to_string())
                .unwrap_or_default()
        })
    });
    view! {
        <header class="page-header">
            <div>
                <h1>"Reqio identity in Rust"</h1>
                <p>"A user signs in, and Reqio learns who is asking and what they pay."</p>
            </div>
            <p class="mode" hidden=flag(move || view.with(|shown| shown.reqio.is_none()))>
                {name}<code>{project}</code>
            </p>
        </header>
    }
}

/// Where to look next.
#[component]
pub(crate) fn PageFooter(view: View) -> impl IntoView {
    let not_sandbox = flag(move || !view.with(|shown| shown.is_sandbox()));
    view! {
        <footer class="page-footer">
            <a hidden=not_sandbox href=text(move || view.with(|shown| shown.sandbox_page("")))>"The team's backlog"</a>
            <a hidden=not_sandbox href=text(move || view.with(|shown| shown.sandbox_page("/identity")))>
                "Every token the sandbox judged"
            </a>
            <a href="/server-rendered">"The same, rendered by the server"</a>
        </footer>
    }
}
