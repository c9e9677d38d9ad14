//! The widget's script: there, on its way, or kept away.

use std::time::Duration;

use crate::{Command, Lifecycle, WidgetProblem, machine::Stage, token::SignedIn};

/// Where the widget stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WidgetState {
    /// Its script is not in the page yet.
    Absent,
    /// Its script is in the page and has not run yet.
    Loading,
    /// It takes tokens.
    Ready,
    /// It cannot be told who the user is. Trying again is up to the visitor.
    Lost(WidgetProblem),
}

impl WidgetState {
    /// Whether a token is of any use to it. One that never loaded, or only looks like a widget, is
    /// not to have tokens minted for it every few minutes.
    pub(crate) fn wants_tokens(self) -> bool {
        !matches!(
            self,
            Self::Lost(WidgetProblem::Blocked | WidgetProblem::Stub)
        )
    }
}

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    pub(crate) fn load_widget(&mut self, token: Option<T>) {
        self.widget = WidgetState::Loading;
        self.commands.push(Command::LoadWidget(token));
    }

    pub(crate) fn tag_found(&mut self) {
        match self.widget {
            WidgetState::Absent => self.widget = WidgetState::Loading,
            // It is not the tag that was asked for, so the token meant for that one is not on it.
            WidgetState::Loading => self.give_again(),
            WidgetState::Ready | WidgetState::Lost(_) => {}
        }
    }

    /// The widget can be talked to, be it in time, late, or again.
    pub(crate) fn widget_ready(&mut self, now: Duration) {
        self.widget_becomes(WidgetState::Ready, now);
        self.hand_over(now);
    }

    /// The widget cannot be talked to. Whatever it was given is to be given again.
    pub(crate) fn widget_lost(&mut self, problem: WidgetProblem, now: Duration) {
        self.give_again();
        self.widget_becomes(WidgetState::Lost(problem), now);
    }

    fn give_again(&mut self) {
        if let Stage::SignedIn(SignedIn {
            held: Some(held), ..
        }) = &mut self.stage
        {
            held.given = false;
        }
    }

    fn widget_becomes(&mut self, widget: WidgetState, now: Duration) {
        let wanted_tokens = self.widget.wants_tokens();
        self.widget = widget;
        if wanted_tokens != widget.wants_tokens() {
            self.resume(now);
        }
    }

    pub(crate) fn widget_wanted(&mut self, now: Duration) {
        match self.widget {
            WidgetState::Lost(WidgetProblem::Refused) => self.widget_ready(now),
            WidgetState::Lost(_)
                if !matches!(self.stage, Stage::SigningOut(_) | Stage::Leaving) =>
            {
                self.load_widget(None);
                self.resume(now);
            }
            _ => {}
        }
    }
}
