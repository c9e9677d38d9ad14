//! Where the visitor stands with Reqio: one state at a time, in a word and a sentence.

use leptos::prelude::*;
use reqio_leptos::{Status, TokenProblem, WidgetProblem, use_reqio};

use crate::explanation::Story;

/// The state of the identity. A token that was handed over and refused identifies nobody.
#[component]
pub(crate) fn IdentityState() -> impl IntoView {
    let status = use_reqio().status();
    let story = Story::get();
    let is_refused =
        Signal::derive(move || status.get() == Status::Identified && story.is_refused());
    let name = Signal::derive(move || match is_refused.get() {
        true => "refused".to_owned(),
        false => name(status.get()).to_owned(),
    });
    let meaning = Signal::derive(move || match is_refused.get() {
        true => REFUSED.to_owned(),
        false => meaning(status.get()).to_owned(),
    });
    view! {
        <p class="state" role="status" data-state=name>
            <strong data-testid="state">{name}</strong>
            <span>{meaning}</span>
        </p>
    }
}

const REFUSED: &str =
    "The widget has this token, and every request with it is turned away. Nobody is identified.";

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
