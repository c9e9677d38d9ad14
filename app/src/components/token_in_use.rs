//! The state of the identity and the token behind it, as Reqio gets it.

use leptos::prelude::*;
use reqio_identity::LIFETIME;
use reqio_leptos::{Status, TokenProblem, WidgetProblem};

use super::{Visit, flag, text, ticking};
use crate::explanation::ReadToken;

/// What the widget has been told, in the token's own words.
#[component]
pub(crate) fn TokenInUse() -> impl IntoView {
    let visit = Visit::get();
    let status =
        move |say: fn(Status) -> &'static str| text(move || say(visit.status()).to_owned());
    let held = visit.identity.token();
    let now = ticking(visit.identity);
    let left = move || {
        let expires_at = held.with(|held| held.as_ref().map(|held| held.expires_at));
        let left = expires_at.unwrap_or_default().saturating_sub(now.get());
        left.as_secs().to_string()
    };
    let token = Memo::new(move |_| held.with(|held| ReadToken::read(&held.as_ref()?.token)));
    let token = move |read: fn(&ReadToken) -> String| {
        text(move || token.with(|token| token.as_ref().map(read).unwrap_or_default()))
    };
    view! {
        <p class="state" data-state=status(name)>
            <strong data-testid="state">{status(name)}</strong>
            <span>{status(meaning)}</span>
        </p>
        <div class="stack" hidden=flag(move || held.with(Option::is_none))>
            <div class="countdown">
                <meter
                    min="0"
                    max=LIFETIME.as_secs().to_string()
                    low="60"
                    value=text(left)
                    aria-label="Life of the token"
                />
                <span>
                    <b data-testid="seconds-left">{text(left)}</b>
                    " seconds left"
                </span>
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

const fn name(status: Status) -> &'static str {
    match status {
        Status::Starting => "starting",
        Status::Anonymous => "anonymous",
        Status::SignedOutElsewhere => "signed out elsewhere",
        Status::Identifying => "identifying",
        Status::WaitingForWidget => "waiting for the widget",
        Status::Identified => "identified",
        Status::Refreshing => "refreshing",
        Status::Retrying(_) => "retrying",
        Status::Blocked(_) => "blocked",
        Status::SigningOut => "signing out",
        Status::SignOutUnfinished => "sign-out unfinished",
        _ => "leaving",
    }
}

const fn meaning(status: Status) -> &'static str {
    match status {
        Status::Starting => "Asking the server who is signed in.",
        Status::Anonymous => "The widget sends no token. Requests count as voices, not as revenue.",
        Status::SignedOutElsewhere => {
            "The session is gone, so the page was loaded anew, without a token."
        }
        Status::Identifying => "The server is minting a token.",
        Status::WaitingForWidget => "There is a token; the widget's script has not run yet.",
        Status::Identified => "The widget sends this token with every request.",
        Status::Refreshing => "The widget keeps this token while the next one is minted.",
        Status::Retrying(problem) => match problem {
            TokenProblem::NoAnswer => "The server did not answer. It is asked again by itself.",
            TokenProblem::Expired => "The token that came had expired. The next attempt follows.",
            TokenProblem::NotNewer => "An old token came back. The next attempt follows by itself.",
            TokenProblem::OtherUser => "The token that came is another user's, and is not used.",
            _ => "The last attempt to get a token failed. The next one follows by itself.",
        },
        Status::Blocked(WidgetProblem::Stub) => {
            "Something that is not the widget stands in for it."
        }
        Status::Blocked(WidgetProblem::Refused) => "The widget did not take the token.",
        Status::Blocked(_) => "There is a token, and no widget to give it to.",
        Status::SigningOut => "The server is ending the session.",
        Status::SignOutUnfinished => {
            "No token is handed over any more, but the server has not ended the session yet."
        }
        _ => "Loading a fresh page: the only sure way to make the widget forget a user.",
    }
}
