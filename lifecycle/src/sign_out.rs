//! Signing out: first on the server, then everywhere else.

use crate::{Command, Failure, Lifecycle, State, Ticket, machine::Stage};

/// A session that is being ended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SignOut {
    /// The server was asked, after so many failures in a row.
    UnderWay { ticket: Ticket, failures: u32 },
    /// The server did not answer so many times in a row, and will be asked again.
    Waiting { failures: u32 },
}

impl SignOut {
    pub(crate) fn state(self) -> State {
        match self {
            Self::UnderWay { failures: 0, .. } => State::SigningOut,
            Self::UnderWay { .. } | Self::Waiting { .. } => State::SignOutUnfinished,
        }
    }
}

impl<U: Clone + PartialEq, T: Clone> Lifecycle<U, T> {
    /// From here on no token is handed over, whatever the server answers.
    pub(crate) fn sign_out(&mut self) {
        if !matches!(self.stage, Stage::SignedIn(_)) {
            return;
        }
        self.check.outdate();
        self.abandon_mint();
        self.end_session(0);
    }

    pub(crate) fn end_session(&mut self, failures: u32) {
        let ticket = self.ticket();
        self.stage = Stage::SigningOut(SignOut::UnderWay { ticket, failures });
        self.commands.push(Command::EndSession(ticket));
        self.wake_at_limit();
    }

    pub(crate) fn session_ended(&mut self) {
        if let Stage::SigningOut(_) = self.stage {
            self.commands.push(Command::TellOtherTabs);
            self.leave(None);
        }
    }

    pub(crate) fn session_end_failed(&mut self, answered: Ticket, failure: Failure) {
        let Stage::SigningOut(SignOut::UnderWay { ticket, failures }) = self.stage else {
            return;
        };
        if ticket == answered {
            let failures = failures.saturating_add(1);
            self.stage = Stage::SigningOut(SignOut::Waiting { failures });
            self.wake_after_failure(failures, failure);
        }
    }
}
