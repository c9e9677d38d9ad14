//! The token that the widget was given: for how long it is good, and what it says.

use leptos::prelude::*;
use reqio_identity::LIFETIME;
use reqio_leptos::use_reqio;

use super::clock::use_now;
use crate::explanation::{ReadToken, use_read_token};

/// Its life, then its claims, folded: they are for who wants to know.
#[component]
pub(crate) fn TokenInUse() -> impl IntoView {
    let (held, now) = (use_reqio().token(), use_now());
    let token = use_read_token();
    let seconds_left = Signal::derive(move || {
        let expires_at = held.with(|held| held.as_ref().map(|held| held.expires_at));
        let left = expires_at.unwrap_or_default().saturating_sub(now.get());
        left.as_secs().to_string()
    });
    let read = move |part: fn(&ReadToken) -> String| {
        Signal::derive(move || token.with(|token| token.as_ref().map(part).unwrap_or_default()))
    };
    view! {
        <div class="countdown">
            <div class="bar">
                <span>
                    "The token expires in " <b data-testid="seconds-left">{seconds_left}</b>
                    " seconds; the next one comes before that."
                </span>
                <code>{read(|token| token.redacted.clone())}</code>
            </div>
            <meter
                min="0"
                max=LIFETIME.as_secs().to_string()
                low="60"
                value=seconds_left
                aria-label="Life of the token"
            />
        </div>
        <details>
            <summary>
                <h3 id="claims">"The token, decoded"</h3>
            </summary>
            <pre class="code" tabindex="0" aria-labelledby="claims">
                {read(|token| format!("{}\n{}", token.header, token.claims))}
            </pre>
        </details>
    }
}
