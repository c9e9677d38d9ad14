//! The widget's script: there, on its way, or kept away.

use std::time::Duration;

use crate::{Command, Lifecycle, machine::Stage};

/// Where the widget stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    /// Its script is not in the page yet.
    Absent,
    /// Its script is in the page and has not run yet.
    Loading,
    /// It takes tokens.
    Ready,
    /// Its script failed to load or is overdue.
    Blocked,
    /// It threw when it was given a token.
    Refused,
}

impl Widget {
    /// Whether trying again is up to the visitor.
    #[must_use]
    pub fn is_lost(self) -> bool {
        matches!(self, Self::Blocked | Self::Refused)
    }
}

impl<U: Clone + PartialEq, T: Clone> Lifecycle<U, T> {
    pub(crate) fn load_widget(&mut self, token: Option<T>) {
        self.widget = Widget::Loading;
        self.commands.push(Command::LoadWidget(token));
    }

    /// The widget can be talked to, be it in time, late, or again.
    pub(crate) fn widget_ready(&mut self, now: Duration) {
        self.widget = Widget::Ready;
        self.hand_over(now);
    }

    /// The widget cannot be talked to. Whatever it was given is to be given again.
    pub(crate) fn widget_lost(&mut self, lost: Widget) {
        self.widget = lost;
        if let Stage::SignedIn(signed_in) = &mut self.stage
            && let Some(held) = &mut signed_in.held
        {
            held.given = false;
        }
    }

    pub(crate) fn widget_wanted(&mut self, now: Duration) {
        match self.widget {
            Widget::Blocked if !matches!(self.stage, Stage::SigningOut(_) | Stage::Leaving) => {
                self.load_widget(None)
            }
            Widget::Refused => self.widget_ready(now),
            Widget::Absent | Widget::Loading | Widget::Ready | Widget::Blocked => {}
        }
    }
}
