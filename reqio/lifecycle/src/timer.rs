//! The one timer: when it is set, and what happens when it runs out or the tab wakes.

use std::time::Duration;

use crate::{
    Command, Failure, Lifecycle, TokenProblem,
    machine::Stage,
    sign_out::SignOut,
    token::{Mint, SignedIn},
};

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    /// Gives up what has taken too long, or does what is due.
    pub(crate) fn timer_ran_out(&mut self, now: Duration) {
        self.timer = false;
        if let Some(ticket) = self.check.under_way {
            return self.session_unknown(ticket, Failure::Retry(None));
        }
        match &self.stage {
            Stage::SignedIn(SignedIn {
                mint: Mint::UnderWay { ticket, .. },
                ..
            }) => {
                let ticket = *ticket;
                self.commands.push(Command::Abandon(ticket));
                self.not_minted(ticket, TokenProblem::NoAnswer, Failure::Retry(None));
            }
            Stage::SigningOut(SignOut {
                under_way: Some(ticket),
                ..
            }) => self.session_end_failed(*ticket, Failure::Retry(None)),
            _ => self.woke(now),
        }
    }

    /// Does at once what was put off, if there is anything.
    pub(crate) fn woke(&mut self, now: Duration) {
        match &self.stage {
            // Nothing is asked for while there is no widget to take it.
            Stage::SignedIn(_) if !self.widget.wants_tokens() => {}
            Stage::SignedIn(signed_in) => match &signed_in.mint {
                Mint::Waiting { failures, .. } => self.mint(*failures),
                Mint::Idle if signed_in.is_due(now) => self.mint(0),
                Mint::Idle if !self.timer => self.resume(now),
                Mint::Idle | Mint::UnderWay { .. } => {}
            },
            Stage::SigningOut(SignOut {
                user,
                failures,
                under_way: None,
            }) => self.end_session(user.clone(), *failures),
            Stage::Starting | Stage::Anonymous if self.check.is_waiting() => self.check_session(),
            Stage::Starting | Stage::Anonymous | Stage::SigningOut(_) | Stage::Leaving => {}
        }
    }

    /// Sets the timer for the end of a request that never answers.
    pub(crate) fn wake_at_limit(&mut self) {
        self.wake(self.timings.request_limit, Duration::ZERO);
    }

    /// Sets the timer for the next attempt after `failures` in a row, and up to half as long again.
    pub(crate) fn wake_after_failure(&mut self, failures: u32, failure: Failure) {
        let after = self.timings.wait(failures, failure);
        self.wake(after, after / 2);
    }

    /// Sets the timer, unless it stands for the end of a request.
    pub(crate) fn wake(&mut self, after: Duration, spread: Duration) {
        if !self.limit_stands() {
            self.timer = true;
            self.commands.push(Command::Wake { after, spread });
        }
    }

    pub(crate) fn sleep(&mut self) {
        if !self.limit_stands() {
            self.timer = false;
            self.commands.push(Command::Sleep);
        }
    }

    /// Whether the timer is set for the end of a request that is under way. Nothing puts that off:
    /// a session doubted every few seconds would keep a request that hangs, and with it the next
    /// token, away for ever.
    pub(crate) fn limit_stands(&self) -> bool {
        let is_minting = matches!(&self.stage, Stage::SignedIn(signed_in) if signed_in.is_asking());
        is_minting || self.check.under_way.is_some()
    }
}
