//! Who is signed in: asked at the start and whenever another tab may have changed it.

use std::time::Duration;

use crate::{
    Command, Failure, Fresh, Lifecycle, Notice, Ticket, Widget, machine::Stage, token::SignedIn,
};

/// Whether the server is being asked who is signed in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Check {
    /// The question whose answer counts. Whatever changes the session here outdates it.
    pub(crate) under_way: Option<Ticket>,
    /// How often in a row it went unanswered; another attempt follows if it is not 0.
    failures: u32,
    /// Whether the last session ended without this page's doing.
    pub(crate) signed_out_elsewhere: bool,
}

impl Check {
    pub(crate) fn new(signed_out_elsewhere: bool) -> Self {
        Self {
            under_way: None,
            failures: 0,
            signed_out_elsewhere,
        }
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.under_way.is_none() && self.failures > 0
    }

    pub(crate) fn outdate(&mut self) {
        self.under_way = None;
        self.failures = 0;
    }
}

impl<U: Clone + PartialEq, T: Clone> Lifecycle<U, T> {
    pub(crate) fn check_session(&mut self) {
        if matches!(self.stage, Stage::SigningOut(_) | Stage::Leaving) {
            return;
        }
        let ticket = self.ticket();
        self.check.under_way = Some(ticket);
        self.commands.push(Command::CheckSession(ticket));
        // A signed-in tab keeps its timer for the next token, which finds out by itself who is
        // signed in.
        if !matches!(self.stage, Stage::SignedIn(_)) {
            self.wake_at_limit();
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
        self.check.outdate();
        match (&self.stage, found) {
            (Stage::Starting, None) => {
                self.stage = Stage::Anonymous;
                self.sleep();
                self.load_widget(None);
            }
            (Stage::Starting, Some(fresh)) => {
                self.load_widget(Some(fresh.token.clone()));
                self.welcome(SignedIn::with_token_on_the_tag(fresh, now), now);
            }
            (Stage::Anonymous, None) => self.sleep(),
            (Stage::Anonymous, Some(fresh)) => {
                self.welcome(SignedIn::with_token(fresh, now), now);
                self.hand_over(now);
            }
            (Stage::SignedIn(_), None) => self.leave(Some(Notice::SignedOutElsewhere)),
            (Stage::SignedIn(signed_in), Some(fresh)) if signed_in.user != fresh.user => {
                self.leave(None)
            }
            (Stage::SignedIn(_), Some(fresh)) => {
                self.abandon_mint();
                self.welcome(SignedIn::with_token(fresh, now), now);
                self.hand_over(now);
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

    pub(crate) fn signed_in(&mut self, user: U) {
        self.check.outdate();
        match &self.stage {
            Stage::Leaving => return,
            // A sign-out is still unfinished, or the widget knows somebody else: only a fresh page
            // is certain.
            Stage::SigningOut(_) => self.leave(None),
            Stage::SignedIn(before) if before.user != user => {
                self.abandon_mint();
                self.leave(None);
            }
            Stage::SignedIn(_) | Stage::Starting | Stage::Anonymous => {
                // Also for the same user again: what was minted in the session before dies with it.
                self.abandon_mint();
                self.check.signed_out_elsewhere = false;
                self.stage = Stage::SignedIn(SignedIn::without_token(user));
                if self.widget == Widget::Absent {
                    self.load_widget(None);
                }
                self.mint(0);
            }
        }
        // Told before the page goes away.
        self.commands.insert(0, Command::TellOtherTabs);
    }

    fn welcome(&mut self, signed_in: SignedIn<U, T>, now: Duration) {
        self.check.signed_out_elsewhere = false;
        self.stage = Stage::SignedIn(signed_in);
        self.wake_for_refresh(now);
    }
}
