//! What the signed-in customer is worth, by the token and by Reqio's documentation.

use leptos::prelude::*;

use crate::{
    explanation::use_read_token,
    money::{decimal, worth},
};

/// The monthly value, and how Reqio gets to it.
#[component]
pub(crate) fn Worth() -> impl IntoView {
    let token = use_read_token();
    let charge = move || token.with(|token| token.as_ref()?.charge);
    let monthly = Signal::derive(move || {
        charge()
            .map(|(amount, interval)| decimal(interval.monthly_value(amount)))
            .unwrap_or_default()
    });
    let calculation = Signal::derive(move || worth(charge()));
    view! {
        <div class="worth">
            <h3>"What the real Reqio would see"</h3>
            <p>
                <strong>{monthly}</strong>
                " a month"
            </p>
            <p data-testid="monthly-value">{calculation}</p>
            <p class="quiet">
                "So its documentation says. What it does with a token that is wrong is not \
                 documented."
            </p>
        </div>
    }
}
