//! What all of it is for: the team's backlog, by the revenue of who asks.

use leptos::prelude::*;

use super::Visit;

/// The backlog as the sandbox shows it to a team, live. Where Reqio itself is, its team has it
/// there.
#[component]
pub(crate) fn Backlog() -> impl IntoView {
    let visit = Visit::get();
    let address = Signal::derive(move || visit.sandbox_page("").unwrap_or_default());
    view! {
        <section class="card backlog" aria-labelledby="backlog">
            <h2 id="backlog">"The backlog your team works from"</h2>
            <Show
                when=move || visit.is_sandbox.get()
                fallback=|| view! { <p class="quiet">"Your project at Reqio has it."</p> }
            >
                <p class="quiet">"Ask or upvote by the widget as Stella, and see it rise."</p>
                <iframe src=address title="The team's backlog, live"></iframe>
            </Show>
        </section>
    }
}
