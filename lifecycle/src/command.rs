//! What the browser is to do.

use std::time::Duration;

use crate::Ticket;

/// One thing to do. A driver carries them out in the order given and answers with events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command<T> {
    /// Ask the server who is signed in.
    CheckSession(Ticket),
    /// Ask the server for a token.
    Mint(Ticket),
    /// Give up on a token that was asked for; its answer no longer counts.
    Abandon(Ticket),
    /// Ask the server to end the session.
    EndSession(Ticket),
    /// Put the widget's script into the page, with this token on its tag.
    LoadWidget(Option<T>),
    /// Tell the widget who the user is.
    Identify(T),
    /// Set the one timer, in place of whatever it was set to: `after`, and up to `spread` more,
    /// drawn by chance, so that many tabs do not ask at once.
    Wake {
        /// The least to wait.
        after: Duration,
        /// The most to add.
        spread: Duration,
    },
    /// Stop the timer.
    Sleep,
    /// Tell the other tabs that the session may have changed. Never the token.
    TellOtherTabs,
    /// Load the page anew: the only way to a widget that has forgotten its user, as Reqio documents
    /// no other.
    Reload(Option<Notice>),
}

/// What the page is to say after it was loaded anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The session ended, and not on this page.
    SignedOutElsewhere,
}
