//! What the sandbox made of the token.

use leptos::prelude::*;

use super::{flag, text};
use crate::identity::View;

/// Accepted or refused, with the sandbox's own words.
#[component]
pub(crate) fn Verdict(view: View) -> impl IntoView {
    let refused = move || view.with(|shown| shown.verdict.as_ref().is_some_and(|verdict| verdict.refused));
    let title =
        move || if refused() { "The sandbox refused the token" } else { "The sandbox accepted the token" }.to_owned();
    let words =
        move || view.with(|shown| shown.verdict.as_ref().map(|verdict| verdict.words.clone()).unwrap_or_default());
    view! {
        <div
            class="verdict"
            role="status"
            data-testid="verdict"
            hidden=flag(move || view.with(|shown| shown.verdict.is_none()))
            data-refused=text(move || refused().to_string())
        >
            <h3>{text(title)}</h3>
            <p>{text(words)}</p>
        </div>
    }
}
