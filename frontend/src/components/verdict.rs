//! What is made of the token: by the sandbox, and by the real Reqio as far as its documentation
//! says.

use leptos::prelude::*;

use super::{flag, text};
use crate::{identity::View, money::worth};

/// The sandbox's own words, beside what Reqio's documentation says of a token with these claims.
#[component]
pub(crate) fn Verdict(view: View) -> impl IntoView {
    let refused = move || {
        view.with(|shown| {
            shown
                .verdict
                .as_ref()
                .is_some_and(|verdict| verdict.refused)
        })
    };
    let title = move || {
        if refused() {
            "The sandbox refused the token"
        } else {
            "The sandbox accepted the token"
        }
        .to_owned()
    };
    let words = move || {
        view.with(|shown| {
            shown
                .verdict
                .as_ref()
                .map(|verdict| verdict.words.clone())
                .unwrap_or_default()
        })
    };
    let monthly = move || {
        view.with(|shown| {
            shown
                .token
                .as_ref()
                .map(|token| worth(token.charge))
                .unwrap_or_default()
        })
    };
    view! {
        <div class="verdicts">
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
            <div class="state" hidden=flag(move || view.with(|shown| shown.token.is_none()))>
                <h3>"What the real Reqio would see"</h3>
                <p data-testid="monthly-value">{text(monthly)}</p>
                <p class="quiet">"So its documentation says. What it does with a token that is wrong is not documented."</p>
            </div>
        </div>
    }
}
