//! What is made of the token: by the sandbox, and by the real Reqio as far as its documentation says.

use leptos::prelude::*;

use super::{Visit, flag, text};
use crate::{explanation::ReadToken, money::worth};

/// The sandbox's own words, beside what Reqio's documentation says of a token with these claims.
#[component]
pub(crate) fn Verdict() -> impl IntoView {
    let Visit {
        verdict, identity, ..
    } = Visit::get();
    let refused =
        move || verdict.with(|verdict| verdict.as_ref().is_some_and(|verdict| verdict.refused));
    let title = move || {
        let titles = [
            "The sandbox accepted the token",
            "The sandbox refused the token",
        ];
        titles[usize::from(refused())].to_owned()
    };
    let words =
        move || verdict.with(|verdict| verdict.as_ref().map(|verdict| verdict.words.clone()));
    let token = identity.token();
    let monthly = move || {
        let token = token.with(|held| ReadToken::read(&held.as_ref()?.token));
        token.map(|token| worth(token.charge)).unwrap_or_default()
    };
    view! {
        <div class="verdicts">
            <div
                class="verdict"
                role="status"
                data-testid="verdict"
                hidden=flag(move || verdict.with(Option::is_none))
                data-refused=text(move || refused().to_string())
            >
                <h3>{text(title)}</h3>
                <p>{text(move || words().unwrap_or_default())}</p>
            </div>
            <div class="state" hidden=flag(move || token.with(Option::is_none))>
                <h3>"What the real Reqio would see"</h3>
                <p data-testid="monthly-value">{text(monthly)}</p>
                <p class="quiet">
                    "So its documentation says. What it does with a token that is wrong is not documented."
                </p>
            </div>
        </div>
    }
}
