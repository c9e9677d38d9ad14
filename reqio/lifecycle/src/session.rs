//! Who is signed in: asked at the start and whenever it may have changed.

use std::time::Duration;

use crate::{
    Command, Failure, Fresh, Lifecycle, News, Notice, Ticket, WidgetState, machine::Stage,
};

/// Whether the server is being asked who is signed in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Check {
    /// The question whose answer counts. Whatever changes the session here outdates it.
    pub(crate) under_way: Option<Ticket>,
    /// How often in a row it went unanswered; another attempt follows if it is not 0.
    pub(crate) failures: u32,
    /// Whether the visitor wants to sign out, whoever the answer says they are.
    pub(crate) sign_out_wanted: bool,
    /// Whether the page is there because the last session ended without its doing.
    pub(crate) signed_out_elsewhere: bool,
}

impl Check {
    pub(crate) fn new(signed_out_elsewhere: bool) -> Self {
        Self {
            under_way: None,
            failures: 0,
            sign_out_wanted: false,
            signed_out_elsewhere,
        }
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.under_way.is_none() && self.failures > 0
    }

    pub(crate) fn outdate(&mut self) {
        self.under_way = None;
        self.failures = 0;
        self.sign_out_wanted = false;
    }
}

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    pub(crate) fn check_session(&mut self) {
        if matches!(self.stage, Stage::SigningOut(_) | Stage::Leaving) {
            return;
        }
        let ticket = self.ticket();
        self.commands.push(Command::CheckSession(ticket));
        self.wake_at_limit();
        self.check.under_way = Some(ticket);
    }

    /// Another tab told something. A tab that knows it already asks nobody: otherwise every sign-in
    /// would make every tab ask.
    pub(crate) fn heard(&mut self, news: &News<U>) {
        match (news, &self.stage) {
            (News::Session(Some(user)), Stage::SignedIn(signed_in)) if signed_in.user == *user => {}
            (News::Session(None), Stage::Anonymous) => {}
            (News::Session(_), _) => self.check_session(),
            (News::Traits, Stage::SignedIn(_)) => {
                self.abandon_mint();
                self.check_session();
            }
            (News::Traits, _) => self.traits_changed(),
        }
    }

    /// What a token says has changed, so a token from before that is not wanted any more, neither
    /// from a request for one nor from a check.
    pub(crate) fn traits_changed(&mut self) {
        match self.stage {
            Stage::SignedIn(_) => {
                self.check.outdate();
                self.mint_anew();
            }
            Stage::Starting | Stage::Anonymous if self.check.under_way.is_some() => {
                self.check_session();
            }
            _ => {}
        }
    }

    pub(crate) fn session_found(
        &mut self,
        ticket: Ticket,
        found: Option<Fresh<U, T>>,
        now: Duration,
    ) {
        if self.check.under_way != Some(ticket) {
            return;
        }
        let sign_out_wanted = self.check.sign_out_wanted;
        self.check.outdate();
        match (&self.stage, found) {
            (_, Some(fresh)) if sign_out_wanted => self.end_session(fresh.user, 0),
            (Stage::Starting, None) => self.nobody(),
            (Stage::Starting, Some(fresh)) => {
                let on_the_tag = self.widget == WidgetState::Absent && self.is_alive(&fresh);
                if self.widget == WidgetState::Absent {
                    self.load_widget(on_the_tag.then(|| fresh.token.clone()));
                }
                self.found(fresh, on_the_tag, now);
            }
            (Stage::Anonymous, None) => self.sleep(),
            (Stage::Anonymous, Some(_)) if self.page_shows_nobody => {
                if !self.leave_for(Notice::OtherUser) {
                    self.sleep();
                }
            }
            (Stage::Anonymous, Some(fresh)) => self.found(fresh, false, now),
            (Stage::SignedIn(_), None) => self.follow(Notice::SignedOutElsewhere, now),
            (Stage::SignedIn(signed_in), Some(fresh)) if signed_in.user != fresh.user => {
                self.follow(Notice::OtherUser, now);
            }
            (Stage::SignedIn(signed_in), Some(fresh)) => {
                if signed_in.problem(&fresh, now, &self.timings).is_some() {
                    self.resume(now);
                } else {
                    self.abandon_mint();
                    self.found(fresh, false, now);
                }
            }
            (Stage::SigningOut(_) | Stage::Leaving, _) => {}
        }
    }

    pub(crate) fn session_unknown(&mut self, ticket: Ticket, failure: Failure) {
        if self.check.under_way != Some(ticket) {
            return;
        }
        self.check.under_way = None;
        if let Stage::SignedIn(_) = self.stage {
            // The next token will tell: it comes with the name of its user, or not at all.
            self.mint_anew();
        } else {
            self.check.failures = self.check.failures.saturating_add(1);
            self.wake_after_failure(self.check.failures, failure);
        }
    }

    /// The page and the server agree about who is signed in, which a token shows.
    fn found(&mut self, fresh: Fresh<U, T>, on_the_tag: bool, now: Duration) {
        if self.is_alive(&fresh) {
            self.reloaded_for = None;
        }
        self.welcome(fresh, on_the_tag, now);
    }

    fn follow(&mut self, notice: Notice, now: Duration) {
        if !self.leave_for(notice) {
            self.resume(now);
        }
    }
}
