//! The sandbox's own words about the token in use.

use leptos::prelude::*;

use super::Story;

/// Whether it took the token, and who it says the visitor is; or why not, and how to mend it.
#[component]
pub(crate) fn Verdict() -> impl IntoView {
    let story = Story::get();
    let is_told = Signal::derive(move || story.verdict.with(Option::is_some));
    let is_refused = Signal::derive(move || story.is_refused());
    let title = Signal::derive(move || match story.is_refused() {
        true => "The sandbox refused the token".to_owned(),
        false => "The sandbox accepted the token".to_owned(),
    });
    let words = Signal::derive(move || story.verdict.get().map(|it| it.words).unwrap_or_default());
    view! {
        <div role="status">
            <Show when=move || is_told.get()>
                <div class="verdict" data-testid="verdict" data-refused=is_refused>
                    <h3>{title}</h3>
                    <p>{words}</p>
                </div>
            </Show>
        </div>
    }
}
