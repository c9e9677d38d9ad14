//! What happens, told for the timeline.

use reqio_leptos::{Command, Event, Failure, Token, WidgetProblem};

use super::{claims::redacted, moments::Place};

/// What an event tells: its step, who did it, and what.
pub(super) fn of_event(event: &Event<String, Token>) -> Option<(usize, Place, String)> {
    let (place, text) = match event {
        Event::SessionFound(_, Some(fresh)) | Event::Minted(_, fresh) => {
            let text = format!(
                "200 {{\"token\": \"{}\", \"expires_in\": {}}}",
                redacted(&fresh.token),
                fresh.lifetime.as_secs()
            );
            return Some((4, Place::Server, text));
        }
        Event::SignedIn(_) => {
            return Some((
                2,
                Place::Server,
                "200 and a session cookie that no script can read".to_owned(),
            ));
        }
        Event::SessionFound(_, None) => (Place::Server, "Nobody is signed in."),
        Event::MintFailed(_, Failure::Unauthorized) => (Place::Server, "401: the session is gone."),
        Event::MintFailed(..) => (Place::Server, "No token came. It is asked for again."),
        Event::SessionUnknown(..) => (Place::Server, "No answer. It is asked again."),
        Event::SessionEnded => (Place::Server, "The session has ended."),
        Event::SessionEndFailed(..) => (
            Place::Server,
            "The session may still be open. It is tried again.",
        ),
        Event::SessionMayHaveChanged | Event::Heard(_) | Event::Restored => (
            Place::Browser,
            "The session may have changed, in another tab or on the server.",
        ),
        Event::WidgetReady => (Place::Browser, "The widget's script has run."),
        Event::WidgetLost(WidgetProblem::Blocked) => {
            (Place::Browser, "The widget's script did not load.")
        }
        Event::WidgetLost(WidgetProblem::Refused) => (Place::Browser, "The widget threw."),
        Event::WidgetLost(_) => (Place::Browser, "Something stands in for the widget."),
        Event::Woke => (Place::Browser, "The tab is back in view, or back online."),
        _ => return None,
    };
    Some((0, place, text.to_owned()))
}

/// What a command tells; all of them are the browser's.
pub(super) fn of_command(command: &Command<String, Token>) -> Option<(usize, String)> {
    Some(match command {
        Command::CheckSession(_) => (0, "POST /api/session {}".to_owned()),
        Command::Mint(_) => (3, "POST /api/identity_token {}".to_owned()),
        Command::EndSession(_, user) => (0, format!("POST /api/sign_out {{\"user\": \"{user}\"}}")),
        Command::LoadWidget(Some(token)) => (
            5,
            format!("<script data-identity-token=\"{}\">", redacted(token)),
        ),
        Command::Identify(token) => (5, format!("window.Reqio.identify(\"{}\")", redacted(token))),
        Command::Wake { after, .. } => (0, format!("The timer is set to {} s.", after.as_secs())),
        _ => return None,
    })
}
