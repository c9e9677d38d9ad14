//! What the browser is to do.

use std::time::Duration;

use crate::{News, Ticket};

/// One thing to do. A driver carries them out in the order given and answers with events.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Command<U, T> {
    /// Ask the server who is signed in.
    CheckSession(Ticket),
    /// Ask the server for a token.
    Mint(Ticket),
    /// Give up on a request for a token; its answer no longer counts.
    Abandon(Ticket),
    /// Ask the server to end the session of this user, and nobody else's: by the time it arrives,
    /// somebody else may have signed in.
    EndSession(Ticket, U),
    /// Put the widget's script into the page, with this token on its tag.
    LoadWidget(Option<T>),
    /// Take the token off the widget's tag: a script that has yet to run must not read it there.
    ClearTag,
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
    /// Tell the other tabs.
    TellOtherTabs(News<U>),
    /// Load the page anew: the only way to a widget that has forgotten its user, as Reqio documents
    /// no other. Hand the notice to the [`Lifecycle`](crate::Lifecycle) of the new page.
    Reload(Option<Notice>),
}

/// Why the page was loaded anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The session ended, and not on this page.
    SignedOutElsewhere,
    /// The session is another user's than the page shows. If it still is after that, loading once
    /// more will not help.
    OtherUser,
}
