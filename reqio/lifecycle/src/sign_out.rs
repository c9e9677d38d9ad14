//! Signing out: first on the server, then everywhere else.

use crate::{Command, Failure, Lifecycle, News, Status, Ticket, machine::Stage};

/// A session that is being ended.
#[derive(Clone, Debug)]
pub(crate) struct SignOut<U> {
    /// Whose session it is.
    pub(crate) user: U,
    /// How often in a row the server did not answer.
    pub(crate) failures: u32,
    /// The request under way; without one, another will follow.
    pub(crate) under_way: Option<Ticket>,
}

/// How a sign-out stands that the server has not answered so many times.
pub(crate) const fn status(failures: u32) -> Status {
    if failures == 0 {
        Status::SigningOut
    } else {
        Status::SignOutUnfinished
    }
}

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    /// From here on no token is handed over, whatever the server answers.
    pub(crate) fn sign_out(&mut self) {
        match &self.stage {
            Stage::SignedIn(signed_in) => {
                let user = signed_in.user.clone();
                self.check.outdate();
                self.abandon_mint();
                self.commands.push(Command::ClearTag);
                self.end_session(user, 0);
            }
            // The session to end is the one that is being asked about.
            Stage::Starting | Stage::Anonymous => {
                self.check.sign_out_wanted =
                    self.check.under_way.is_some() || self.check.is_waiting();
            }
            Stage::SigningOut(_) | Stage::Leaving => {}
        }
    }

    pub(crate) fn end_session(&mut self, user: U, failures: u32) {
        let ticket = self.ticket();
        self.commands
            .push(Command::EndSession(ticket, user.clone()));
        self.stage = Stage::SigningOut(SignOut {
            user,
            failures,
            under_way: Some(ticket),
        });
        self.wake_at_limit();
    }

    pub(crate) fn session_ended(&mut self) {
        if let Stage::SigningOut(_) = self.stage {
            self.tell(News::Session(None));
            self.leave(None);
        }
    }

    pub(crate) fn session_end_failed(&mut self, answered: Ticket, failure: Failure) {
        let Stage::SigningOut(sign_out) = &mut self.stage else {
            return;
        };
        if failure == Failure::Unauthorized {
            // An attempt before it did reach the server.
            self.session_ended();
        } else if sign_out.under_way == Some(answered) {
            sign_out.under_way = None;
            sign_out.failures = sign_out.failures.saturating_add(1);
            let failures = sign_out.failures;
            self.wake_after_failure(failures, failure);
        }
    }

    /// The page says that nobody is signed in. It has seen to the session itself.
    pub(crate) fn signed_out(&mut self) {
        self.check.outdate();
        self.page_shows_nobody = true;
        match self.stage {
            Stage::SignedIn(_) => {
                self.abandon_mint();
                self.commands.push(Command::ClearTag);
                self.tell(News::Session(None));
                self.leave(None);
            }
            Stage::SigningOut(_) => self.session_ended(),
            Stage::Starting => self.nobody(),
            Stage::Anonymous => self.sleep(),
            Stage::Leaving => {}
        }
    }
}
