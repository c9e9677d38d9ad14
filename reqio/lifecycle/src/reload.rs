//! Loading the page anew: the way to a widget that has forgotten its user.

use crate::{Command, Lifecycle, Notice, machine::Stage};

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    /// Forgets everything and loads the page anew: from here on nothing is handed to anybody.
    pub(crate) fn leave(&mut self, notice: Option<Notice>) {
        self.stage = Stage::Leaving;
        self.check.outdate();
        self.sleep();
        self.commands.push(Command::Reload(notice));
    }

    /// Loads the page anew because it does not show what the server says, unless that was tried and
    /// did not help. Says whether it does.
    pub(crate) fn leave_for(&mut self, notice: Notice) -> bool {
        let has_token = self.token().is_some();
        let helps = match notice {
            Notice::OtherUser => self.reloaded_for != Some(Notice::OtherUser),
            // Who had a token had a session, so its end is news.
            Notice::SignedOutElsewhere => self.reloaded_for.is_none() || has_token,
        };
        if helps {
            self.leave(Some(notice));
        }
        helps
    }

    /// The page is back as it was left. Its widget still acts as the user it was told of, and a
    /// reload that was to come did not.
    pub(crate) fn restored(&mut self) {
        if self.given_until.is_some() || matches!(self.stage, Stage::Leaving) {
            // Should nobody be signed in any more, the fresh page says so.
            self.leave(Some(Notice::SignedOutElsewhere));
        } else {
            self.check_session();
        }
    }
}
