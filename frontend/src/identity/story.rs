//! What has happened since the page loaded: the six steps of a sign-in, and what lies between them.

use std::time::Duration;

use identity::Token;
use lifecycle::{Command, Event, Failure};

/// How many moments are kept: hours of an open tab.
const KEPT: usize = 500;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Browser,
    Server,
    Reqio,
}

impl Place {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Server => "server",
            Self::Reqio => "reqio",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moment {
    /// How long the page had been there.
    pub(crate) at: Duration,
    /// Who did it.
    pub(crate) place: Place,
    /// Which step of a sign-in it was, from 1 to 6; 0 for none.
    pub(crate) step: usize,
    /// What went over the wire, with any token redacted; or what happened, in words.
    pub(crate) text: String,
}

/// All moments, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Story {
    moments: Vec<Moment>,
    ever: usize,
}

impl Story {
    pub(super) fn add(&mut self, moment: Moment) {
        if self.moments.len() == KEPT {
            self.moments.remove(0);
        }
        self.moments.push(moment);
        self.ever += 1;
    }

    /// How many there have been, those that are no longer kept included.
    pub(crate) fn moments_ever(&self) -> usize {
        self.ever
    }

    /// A step of the latest sign-in, if it has come to that.
    pub(crate) fn step(&self, number: usize) -> Option<&Moment> {
        let beginning = self
            .moments
            .iter()
            .rposition(|moment| moment.step == 1)
            .unwrap_or(0);
        self.moments
            .iter()
            .skip(beginning)
            .rfind(|moment| moment.step == number)
    }

    /// The step that was taken last.
    pub(crate) fn latest_step(&self) -> usize {
        self.moments
            .iter()
            .rev()
            .map(|moment| moment.step)
            .find(|step| *step > 0)
            .unwrap_or(0)
    }

    /// One line for each moment of `place`, or of all for the empty text: when, who, what.
    pub(crate) fn lines(&self, place: &str) -> String {
        let shown = self
            .moments
            .iter()
            .filter(|moment| place.is_empty() || moment.place.as_str() == place);
        shown
            .map(
                |Moment {
                     at, place, text, ..
                 }| {
                    format!(
                        "{} ms\t{}\t{text}\n",
                        whole_milliseconds(*at),
                        place.as_str()
                    )
                },
            )
            .collect()
    }
}

/// A duration as a number to show. The browser's half has no use for 128 bits, nor bytes to spare
/// for them.
pub(crate) fn whole_milliseconds(duration: Duration) -> u64 {
    duration.as_secs() * 1_000 + u64::from(duration.subsec_millis())
}

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
        Event::SessionMayHaveChanged => (
            Place::Browser,
            "The session may have changed, in another tab or on the server.",
        ),
        Event::WidgetReady => (Place::Browser, "The widget's script has run."),
        Event::WidgetBlocked => (Place::Browser, "The widget's script did not load."),
        Event::WidgetRefused => (Place::Browser, "The widget threw."),
        Event::Woke => (Place::Browser, "The tab is back in view, or back online."),
        Event::Started
        | Event::TraitsChanged
        | Event::SignOutWanted
        | Event::WidgetWanted
        | Event::Timer => {
            return None;
        }
    };
    Some((0, place, text.to_owned()))
}

/// What a command tells; all of them are the browser's.
pub(super) fn of_command(command: &Command<Token>) -> Option<(usize, String)> {
    Some(match command {
        Command::CheckSession(_) => (0, "POST /api/session {}".to_owned()),
        Command::Mint(_) => (3, "POST /api/identity_token {}".to_owned()),
        Command::EndSession(_) => (0, "POST /api/sign_out {}".to_owned()),
        Command::LoadWidget(Some(token)) => (
            5,
            format!("<script data-identity-token=\"{}\">", redacted(token)),
        ),
        Command::Identify(token) => (5, format!("window.Reqio.identify(\"{}\")", redacted(token))),
        Command::Wake { after, .. } => (0, format!("The timer is set to {} s.", after.as_secs())),
        Command::LoadWidget(None)
        | Command::Abandon(_)
        | Command::Sleep
        | Command::TellOtherTabs
        | Command::Reload(_) => {
            return None;
        }
    })
}

/// The two ends of a token: enough to tell one from another, and to nobody else of any use.
pub(super) fn redacted(token: &Token) -> String {
    let text = token.as_str();
    let end = text.len().saturating_sub(4);
    format!(
        "{}…{}",
        text.get(..8).unwrap_or_default(),
        text.get(end..).unwrap_or_default()
    )
}
