//! Every moment, line by line.

use leptos::{html, prelude::*};

use super::{Copy, Story, moments::Place};

/// What happened since the page loaded, in all places or in one.
#[component]
pub(super) fn Timeline() -> impl IntoView {
    let story = Story::get();
    let (whose, set_whose) = signal(String::new());
    let lines = Signal::derive(move || story.moments.with(|moments| moments.lines(&whose.read())));
    let select = NodeRef::<html::Select>::new();
    let choose = move |_| set_whose.set(select.get().map(|it| it.value()).unwrap_or_default());
    let option = |place: Place| view! { <option>{place.as_str()}</option> };
    view! {
        <section class="card" aria-labelledby="timeline">
            <div class="bar">
                <h2 id="timeline">"Timeline"</h2>
                <select node_ref=select aria-label="Whose moments to show" on:change=choose>
                    <option value="">"everything"</option>
                    {Place::ALL.map(option).into_iter().collect_view()}
                </select>
            </div>
            <pre
                class="code moments"
                tabindex="0"
                role="log"
                aria-live="off"
                aria-labelledby="timeline"
            >
                {lines}
            </pre>
            <Copy text=lines what="Copy as text" />
        </section>
    }
}
