//! The machine itself: which event goes where, and what there is to know meanwhile.

use std::time::Duration;

use crate::{
    Command, Event, Failure, News, Notice, Status, Ticket, Timings, WidgetState,
    session::Check,
    sign_out::{self, SignOut},
    token::SignedIn,
};

/// One tab's identity, from page load to page load. `U` tells your users apart, `T` is a token.
#[derive(Clone, Debug)]
pub struct Lifecycle<U, T> {
    pub(crate) stage: Stage<U, T>,
    pub(crate) widget: WidgetState,
    pub(crate) check: Check,
    pub(crate) commands: Vec<Command<U, T>>,
    pub(crate) timings: Timings,
    /// Until when the widget may act as the user: the end of the tokens it was given.
    pub(crate) given_until: Option<Duration>,
    /// Why the page was loaded anew, until the server agrees with it about who is signed in. Where
    /// they disagree even so, loading it once more would not help.
    pub(crate) reloaded_for: Option<Notice>,
    /// Whether the page itself said that nobody is signed in: it does not follow by itself when
    /// somebody signs in elsewhere.
    pub(crate) page_shows_nobody: bool,
    pub(crate) timer: bool,
    tickets: u64,
}

/// Who is signed in, as far as this tab knows.
#[derive(Clone, Debug)]
pub(crate) enum Stage<U, T> {
    Starting,
    Anonymous,
    SignedIn(SignedIn<U, T>),
    SigningOut(SignOut<U>),
    Leaving,
}

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    /// The lifecycle of a page that is loading. `notice` is what the page before it was left with.
    #[must_use]
    pub fn new(timings: Timings, notice: Option<Notice>) -> Self {
        Self {
            stage: Stage::Starting,
            widget: WidgetState::Absent,
            check: Check::new(notice == Some(Notice::SignedOutElsewhere)),
            commands: Vec::new(),
            timings,
            given_until: None,
            reloaded_for: notice,
            page_shows_nobody: false,
            timer: false,
            tickets: 0,
        }
    }

    /// Takes in what happened at `now`, a time that only ever moves forward, and says what to do
    /// about it.
    pub fn handle(&mut self, event: Event<U, T>, now: Duration) -> Vec<Command<U, T>> {
        match event {
            Event::Started | Event::SessionMayHaveChanged => self.check_session(),
            Event::Restored => self.restored(),
            Event::Rendered(fresh) => self.rendered(fresh, now),
            Event::TagFound => self.tag_found(),
            Event::SessionFound(ticket, found) => self.session_found(ticket, found, now),
            Event::SessionUnknown(ticket, Failure::Unauthorized) => {
                self.session_found(ticket, None, now);
            }
            Event::SessionUnknown(ticket, failure) => self.session_unknown(ticket, failure),
            Event::Heard(news) => self.heard(&news),
            Event::SignedIn(user) => self.signed_in(user),
            Event::TraitsChanged => {
                self.tell_of_traits();
                self.traits_changed();
            }
            Event::SignOutWanted => self.sign_out(),
            Event::SignedOut => self.signed_out(),
            Event::SessionEnded => self.session_ended(),
            Event::SessionEndFailed(ticket, failure) => self.session_end_failed(ticket, failure),
            Event::Minted(ticket, fresh) => self.minted(ticket, fresh, now),
            Event::MintFailed(ticket, failure) => self.mint_failed(ticket, failure),
            Event::WidgetReady => self.widget_ready(now),
            Event::WidgetLost(problem) => self.widget_lost(problem, now),
            Event::WidgetWanted => self.widget_wanted(now),
            Event::Timer => self.timer_ran_out(now),
            Event::Woke => self.woke(now),
        }
        std::mem::take(&mut self.commands)
    }

    /// Where the tab stands.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.stage {
            Stage::Starting | Stage::Anonymous if self.check.sign_out_wanted => {
                sign_out::status(self.check.failures)
            }
            Stage::Starting => Status::Starting,
            Stage::Anonymous if self.check.signed_out_elsewhere => Status::SignedOutElsewhere,
            Stage::Anonymous => Status::Anonymous,
            Stage::SignedIn(signed_in) => signed_in.status(self.widget),
            Stage::SigningOut(session) => sign_out::status(session.failures),
            Stage::Leaving => Status::Leaving,
        }
    }

    /// Where the widget stands, whoever is signed in.
    #[must_use]
    pub fn widget(&self) -> WidgetState {
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

    /// Until when the widget may act as the user it was told of, whatever happens on this page: a
    /// token cannot be taken back. While a sign-out waits for the server, this is how long its user
    /// is still identified at most.
    #[must_use]
    pub fn given_until(&self) -> Option<Duration> {
        self.given_until
    }

    /// Whether it is being asked who is signed in, and the answer still counts.
    #[must_use]
    pub fn is_checking(&self) -> bool {
        self.check.under_way.is_some()
    }

    /// Whether the timer is set.
    #[must_use]
    pub fn is_timer_set(&self) -> bool {
        self.timer
    }

    pub(crate) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket::new(self.tickets)
    }

    pub(crate) fn tell(&mut self, news: News<U>) {
        self.commands.push(Command::TellOtherTabs(news));
    }

    fn tell_of_traits(&mut self) {
        if let Stage::SignedIn(_) = self.stage {
            self.tell(News::Traits);
        }
    }
}
