//! What the page shows of the lifecycle: one signal, set by the driver and read by components.

use std::time::Duration;

use app::{Reqio, User};
use identity::{Cents, Interval};
use leptos::prelude::RwSignal;
use lifecycle::{State, Widget};

use super::{story::Story, verdict::Verdict};

/// Everything a component may want to know. Copies share the same signal.
pub(crate) type View = RwSignal<Shown>;

/// The page at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// Where the tab stands.
    pub(crate) state: State,
    /// Where the widget stands.
    pub(crate) widget: Widget,
    /// Who is signed in.
    pub(crate) user: Option<User>,
    /// Where Reqio is, once the server has said so.
    pub(crate) reqio: Option<Reqio>,
    /// The token in use.
    pub(crate) token: Option<ShownToken>,
    /// What the sandbox made of it.
    pub(crate) verdict: Option<Verdict>,
    /// What has happened.
    pub(crate) story: Story,
    /// How long the page has been there.
    pub(crate) now: Duration,
}

/// A token as the page shows it: what it says and how long it lasts, not the token itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownToken {
    /// Its two ends.
    pub(crate) redacted: String,
    /// Its header, as JSON laid out to be read.
    pub(crate) header: String,
    /// Its claims, likewise.
    pub(crate) claims: String,
    /// What they say is charged, and for how long at a time.
    pub(crate) charge: Option<(Cents, Interval)>,
    /// When it expires, on the clock of `Shown::now`.
    pub(crate) expires_at: Duration,
}

/// What the visitor can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Wait.
    Loading,
    /// Sign in.
    SignedOut,
    /// Use their account.
    SignedIn,
}

impl Shown {
    pub(super) fn new() -> Self {
        Self {
            state: State::Starting,
            widget: Widget::Absent,
            user: None,
            reqio: None,
            token: None,
            verdict: None,
            story: Story::default(),
            now: Duration::ZERO,
        }
    }

    pub(crate) fn stage(&self) -> Stage {
        match self.state {
            State::Starting | State::Leaving => Stage::Loading,
            State::Anonymous | State::SignedOutElsewhere => Stage::SignedOut,
            _ => Stage::SignedIn,
        }
    }

    /// Whole seconds until the token expires.
    pub(crate) fn seconds_left(&self) -> u64 {
        self.token.as_ref().map_or(0, |token| {
            token.expires_at.saturating_sub(self.now).as_secs()
        })
    }

    /// Whether the sandbox stands in for Reqio.
    pub(crate) fn is_sandbox(&self) -> bool {
        self.reqio.as_ref().is_some_and(|reqio| reqio.sandbox)
    }

    /// A page of the sandbox about this project.
    pub(crate) fn sandbox_page(&self, path: &str) -> String {
        let Some(reqio) = self.reqio.as_ref().filter(|reqio| reqio.sandbox) else {
            return String::new();
        };
        let origin = reqio
            .widget_url
            .strip_suffix("/widget.js")
            .unwrap_or(&reqio.widget_url);
        format!("{origin}/p/{}{path}", reqio.project_id)
    }
}
