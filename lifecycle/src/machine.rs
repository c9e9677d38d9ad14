//! The machine itself: which event goes where, and what there is to know meanwhile.

use std::time::Duration;

use crate::{
    Command, Event, Failure, Notice, State, Ticket, Widget, backoff,
    session::Check,
    sign_out::SignOut,
    token::{Mint, SignedIn},
};

/// How long a request may take before it counts as failed.
pub(crate) const REQUEST_LIMIT: Duration = Duration::from_secs(15);

/// One tab's identity, from page load to page load.
#[derive(Clone, Debug)]
pub struct Lifecycle<U, T> {
    pub(crate) stage: Stage<U, T>,
    pub(crate) widget: Widget,
    pub(crate) check: Check,
    pub(crate) commands: Vec<Command<T>>,
    timer: bool,
    tickets: u64,
}

/// Who is signed in, as far as this tab knows.
#[derive(Clone, Debug)]
pub(crate) enum Stage<U, T> {
    Starting,
    Anonymous,
    SignedIn(SignedIn<U, T>),
    SigningOut(SignOut),
    Leaving,
}

impl<U: Clone + PartialEq, T: Clone> Lifecycle<U, T> {
    /// The lifecycle of a page that is loading. `signed_out_elsewhere`: whether the page before it
    /// was left with [`Notice::SignedOutElsewhere`].
    #[must_use]
    pub fn new(signed_out_elsewhere: bool) -> Self {
        Self {
            stage: Stage::Starting,
            widget: Widget::Absent,
            check: Check::new(signed_out_elsewhere),
            commands: Vec::new(),
            timer: false,
            tickets: 0,
        }
    }

    /// Takes in what happened at `now`, a time that only ever moves forward, and says what to do
    /// about it.
    pub fn handle(&mut self, event: Event<U, T>, now: Duration) -> Vec<Command<T>> {
        match event {
            Event::Started | Event::SessionMayHaveChanged => self.check_session(),
            Event::SessionFound(ticket, found) => self.session_found(ticket, found, now),
            Event::SessionUnknown(ticket, failure) => self.session_unknown(ticket, failure),
            Event::SignedIn(user) => self.signed_in(user),
            Event::TraitsChanged => self.mint_anew(),
            Event::SignOutWanted => self.sign_out(),
            Event::SessionEnded => self.session_ended(),
            Event::SessionEndFailed(ticket, failure) => self.session_end_failed(ticket, failure),
            Event::Minted(ticket, fresh) => self.minted(ticket, fresh, now),
            Event::MintFailed(ticket, failure) => self.mint_failed(ticket, failure),
            Event::WidgetReady => self.widget_ready(now),
            Event::WidgetBlocked => self.widget_lost(Widget::Blocked),
            Event::WidgetRefused => self.widget_lost(Widget::Refused),
            Event::WidgetWanted => self.widget_wanted(now),
            Event::Timer => {
                self.timer = false;
                self.timer_ran_out(now);
            }
            Event::Woke => self.woke(now),
        }
        std::mem::take(&mut self.commands)
    }

    /// Where the tab stands.
    #[must_use]
    pub fn state(&self) -> State {
        match &self.stage {
            Stage::Starting => State::Starting,
            Stage::Anonymous if self.check.signed_out_elsewhere => State::SignedOutElsewhere,
            Stage::Anonymous => State::Anonymous,
            Stage::SignedIn(_) if self.widget.is_lost() => State::Blocked,
            Stage::SignedIn(signed_in) => signed_in.state(self.widget),
            Stage::SigningOut(sign_out) => sign_out.state(),
            Stage::Leaving => State::Leaving,
        }
    }

    /// Where the widget stands, whoever is signed in.
    #[must_use]
    pub fn widget(&self) -> Widget {
        self.widget
    }

    /// The signed-in user, while there is one to identify.
    #[must_use]
    pub fn user(&self) -> Option<&U> {
        match &self.stage {
            Stage::SignedIn(signed_in) => Some(&signed_in.user),
            Stage::Starting | Stage::Anonymous | Stage::SigningOut(_) | Stage::Leaving => None,
        }
    }

    /// The token in use, and when it expires.
    #[must_use]
    pub fn token(&self) -> Option<(&T, Duration)> {
        match &self.stage {
            Stage::SignedIn(SignedIn {
                held: Some(held), ..
            }) => Some((&held.token, held.expires_at)),
            _ => None,
        }
    }

    /// Whether the timer is set.
    #[must_use]
    pub fn is_timer_set(&self) -> bool {
        self.timer
    }

    fn timer_ran_out(&mut self, now: Duration) {
        match &self.stage {
            Stage::SignedIn(signed_in) => match signed_in.mint {
                Mint::UnderWay { ticket, .. } => {
                    self.commands.push(Command::Abandon(ticket));
                    self.mint_failed(ticket, Failure::Retry(None));
                }
                Mint::Waiting { .. } | Mint::Idle => self.woke(now),
            },
            Stage::SigningOut(SignOut::UnderWay { ticket, .. }) => {
                self.session_end_failed(*ticket, Failure::Retry(None));
            }
            Stage::Starting | Stage::Anonymous if let Some(ticket) = self.check.under_way => {
                self.session_unknown(ticket, Failure::Retry(None));
            }
            Stage::Starting | Stage::Anonymous | Stage::SigningOut(_) | Stage::Leaving => {
                self.woke(now)
            }
        }
    }

    /// Does at once what was put off, if there is anything.
    fn woke(&mut self, now: Duration) {
        match &self.stage {
            Stage::SignedIn(signed_in) => match &signed_in.mint {
                Mint::Waiting { failures } => self.mint(*failures),
                Mint::Idle if signed_in.is_due(now) => self.mint(0),
                Mint::Idle if !self.timer => self.wake_for_refresh(now),
                Mint::Idle | Mint::UnderWay { .. } => {}
            },
            Stage::SigningOut(SignOut::Waiting { failures }) => self.end_session(*failures),
            Stage::Starting | Stage::Anonymous if self.check.is_waiting() => self.check_session(),
            Stage::Starting | Stage::Anonymous | Stage::SigningOut(_) | Stage::Leaving => {}
        }
    }

    pub(crate) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// Sets the timer for the end of a request that never answers.
    pub(crate) fn wake_at_limit(&mut self) {
        self.wake(REQUEST_LIMIT, Duration::ZERO);
    }

    /// Sets the timer for the next attempt after `failures` in a row, and up to half as long again.
    pub(crate) fn wake_after_failure(&mut self, failures: u32, failure: Failure) {
        let after = backoff::wait(failures, failure);
        self.wake(after, after / 2);
    }

    pub(crate) fn wake(&mut self, after: Duration, spread: Duration) {
        self.timer = true;
        self.commands.push(Command::Wake { after, spread });
    }

    pub(crate) fn sleep(&mut self) {
        self.timer = false;
        self.commands.push(Command::Sleep);
    }

    /// Forgets everything and loads the page anew: from here on nothing is handed to anybody.
    pub(crate) fn leave(&mut self, notice: Option<Notice>) {
        self.stage = Stage::Leaving;
        self.check.outdate();
        self.sleep();
        self.commands.push(Command::Reload(notice));
    }
}
