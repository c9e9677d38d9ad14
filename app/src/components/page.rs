//! The head and the foot of the page.

use leptos::prelude::*;

use super::Visit;

/// What this is, and which Reqio it talks to.
#[component]
pub(crate) fn PageHeader() -> impl IntoView {
    let visit = Visit::get();
    let project = visit.project;
    let is_known = Signal::derive(move || project.with(Option::is_some));
    let which = Signal::derive(move || match visit.is_sandbox.get() {
        true => "Sandbox, project ".to_owned(),
        false => "reqio.app, project ".to_owned(),
    });
    let id = Signal::derive(move || match project.get() {
        Some(project) => project.project_id.to_string(),
        None => String::new(),
    });
    view! {
        <header class="page-header">
            <div>
                <h1>"Reqio identity in Rust"</h1>
                <p>"A user signs in, and Reqio learns who is asking and what they pay."</p>
            </div>
            <Show when=move || is_known.get()>
                <p class="mode">{which} <code>{id}</code></p>
            </Show>
        </header>
    }
}

/// Where to look next.
#[component]
pub(crate) fn PageFooter() -> impl IntoView {
    let visit = Visit::get();
    let page = move |path: &'static str| {
        Signal::derive(move || visit.sandbox_page(path).unwrap_or_default())
    };
    view! {
        <footer class="page-footer">
            <a href="/server-rendered">"The same, rendered by the server"</a>
            <Show when=move || visit.is_sandbox.get()>
                <a href=page("")>"The team's backlog"</a>
                <a href=page("/identity")>"Every token the sandbox judged"</a>
            </Show>
        </footer>
    }
}
