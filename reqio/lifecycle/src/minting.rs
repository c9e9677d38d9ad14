//! Asking for tokens, and giving them to the widget: each well before the last one expires.

use std::time::Duration;

use crate::{
    Command, Failure, Fresh, Lifecycle, Notice, Ticket, TokenProblem, WidgetState,
    machine::Stage,
    token::{Held, Mint, SignedIn},
};

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    /// Asks for a token, after `failures` in a row. Whoever calls has made sure that a user is
    /// signed in and that no other token is on its way.
    pub(crate) fn mint(&mut self, failures: u32) {
        let ticket = self.ticket();
        self.commands.push(Command::Mint(ticket));
        self.wake_at_limit();
        if let Stage::SignedIn(signed_in) = &mut self.stage {
            signed_in.mint = Mint::UnderWay { ticket, failures };
        }
    }

    /// Asks for a token that knows what has just changed, whatever is on its way.
    pub(crate) fn mint_anew(&mut self) {
        self.abandon_mint();
        self.mint(0);
    }

    pub(crate) fn abandon_mint(&mut self) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        if let Mint::UnderWay { ticket, .. } = std::mem::replace(&mut signed_in.mint, Mint::Idle) {
            self.commands.push(Command::Abandon(ticket));
        }
    }

    pub(crate) fn minted(&mut self, answered: Ticket, fresh: Fresh<U, T>, now: Duration) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        match signed_in.mint {
            Mint::UnderWay { ticket, .. } if ticket == answered => {}
            _ => return,
        }
        if signed_in.user != fresh.user {
            // The session became somebody else's. Their token is not for a page that shows this
            // user.
            if !self.leave_for(Notice::OtherUser) {
                self.not_minted(answered, TokenProblem::OtherUser, Failure::Retry(None));
            }
            return;
        }
        if let Some(problem) = signed_in.problem(&fresh, now, &self.timings) {
            signed_in.passed_over = Some(fresh.issued_at);
            return self.not_minted(answered, problem, Failure::Retry(None));
        }
        signed_in.mint = Mint::Idle;
        signed_in.passed_over = None;
        signed_in.held = Some(Held::new(fresh, now, &self.timings));
        self.reloaded_for = None;
        self.hand_over(now);
        self.resume(now);
    }

    pub(crate) fn mint_failed(&mut self, answered: Ticket, failure: Failure) {
        let Stage::SignedIn(SignedIn {
            mint: Mint::UnderWay { ticket, .. },
            ..
        }) = self.stage
        else {
            return;
        };
        let problem = match failure {
            Failure::Retry(_) => TokenProblem::Failed,
            Failure::Unauthorized => TokenProblem::Unauthorized,
        };
        let session_is_gone = ticket == answered && failure == Failure::Unauthorized;
        if !(session_is_gone && self.leave_for(Notice::SignedOutElsewhere)) {
            self.not_minted(answered, problem, failure);
        }
    }

    pub(crate) fn not_minted(&mut self, answered: Ticket, problem: TokenProblem, failure: Failure) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        let failures = match signed_in.mint {
            Mint::UnderWay { ticket, failures } if ticket == answered => failures.saturating_add(1),
            _ => return,
        };
        signed_in.mint = Mint::Waiting { failures, problem };
        if self.widget.wants_tokens() {
            self.wake_after_failure(failures, failure);
        } else {
            self.sleep();
        }
    }

    /// Gives the widget the token, if there is a widget, a good token, and the widget does not have
    /// it yet.
    pub(crate) fn hand_over(&mut self, now: Duration) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        let Some(held) = &mut signed_in.held else {
            return;
        };
        // A widget that refused one token may take the next.
        let takes_tokens = !matches!(self.widget, WidgetState::Absent | WidgetState::Loading)
            && self.widget.wants_tokens();
        if takes_tokens && !held.given && held.is_good(now) {
            held.given = true;
            self.widget = WidgetState::Ready;
            // The token before it may live longer, and cannot be taken back.
            self.given_until = self.given_until.max(Some(held.expires_at));
            self.commands.push(Command::Identify(held.token.clone()));
        }
    }

    /// Sets the timer for whatever comes next of a signed-in user: the next token, long before the
    /// last one expires.
    pub(crate) fn resume(&mut self, now: Duration) {
        let Stage::SignedIn(signed_in) = &self.stage else {
            return;
        };
        match (signed_in.mint, &signed_in.held) {
            // The timer is set for its end.
            (Mint::UnderWay { .. }, _) => {}
            _ if !self.widget.wants_tokens() => self.sleep(),
            (Mint::Waiting { failures, .. }, _) => self.mint(failures),
            (Mint::Idle, Some(held)) if now < held.refresh_at => {
                let after = held.refresh_at - now;
                self.wake(after, held.spread(after));
            }
            (Mint::Idle, _) => self.mint(0),
        }
    }
}
