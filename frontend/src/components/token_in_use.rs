//! The state of the identity and the token behind it, as Reqio gets it.

use identity::LIFETIME;
use leptos::prelude::*;
use lifecycle::State;

use super::{flag, text};
use crate::identity::{ShownToken, View};

/// What the widget has been told, in the token's own words.
#[component]
pub(crate) fn TokenInUse(view: View) -> impl IntoView {
    let state = move |say: fn(State) -> &'static str| {
        text(move || say(view.with(|shown| shown.state)).to_owned())
    };
    let left = move || view.with(|shown| shown.seconds_left().to_string());
    let token = move |read: fn(&ShownToken) -> String| {
        text(move || view.with(|shown| shown.token.as_ref().map(read).unwrap_or_default()))
    };
    view! {
        <p class="state" data-state=state(name)>
            <strong data-testid="state">{state(name)}</strong>
            <span>{state(meaning)}</span>
        </p>
        <div class="stack" hidden=flag(move || view.with(|shown| shown.token.is_none()))>
            <div class="countdown">
                <meter min="0" max=LIFETIME.as_secs().to_string() low="60" value=text(left) aria-label="Life of the token" />
                <span><b data-testid="seconds-left">{text(left)}</b>" seconds left"</span>
            </div>
            <div class="bar">
                <h3 id="claims">"The token, decoded"</h3>
                <code>{token(|token| token.redacted.clone())}</code>
            </div>
            <pre class="code" tabindex="0" aria-labelledby="claims">
                {token(|token| format!("{}\n{}", token.header, token.claims))}
            </pre>
        </div>
    }
}

const fn name(state: State) -> &'static str {
    match state {
        State::Starting => "starting",
        State::Anonymous => "anonymous",
        State::SignedOutElsewhere => "signed out elsewhere",
        State::Identifying => "identifying",
        State::WaitingForWidget => "waiting for the widget",
        State::Identified => "identified",
        State::Refreshing => "refreshing",
        State::Retrying => "retrying",
        State::Blocked => "blocked",
        State::SigningOut => "signing out",
        State::SignOutUnfinished => "sign-out unfinished",
        State::Leaving => "leaving",
    }
}

const fn meaning(state: State) -> &'static str {
    match state {
        State::Starting => "Asking the server who is signed in.",
        State::Anonymous => "The widget sends no token. Requests count as voices, not as revenue.",
        State::SignedOutElsewhere => {
            "The session is gone, so the page was loaded anew, without a token."
        }
        State::Identifying => "The server is minting a token.",
        State::WaitingForWidget => "There is a token; the widget's script has not run yet.",
        State::Identified => "The widget sends this token with every request.",
        State::Refreshing => "The widget keeps this token while the next one is minted.",
        State::Retrying => {
            "The last attempt to get a token failed. The next one follows by itself."
        }
        State::Blocked => "There is a token, and no widget to give it to.",
        State::SigningOut => "The server is ending the session.",
        State::SignOutUnfinished => {
            "No token is handed over any more, but the server has not ended the session yet."
        }
        State::Leaving => {
            "Loading a fresh page: the only sure way to make the widget forget a user."
        }
    }
}
