//! What happens to a tab.

use std::time::Duration;

/// Stands for one request, so that its answer can be told from the answer to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(pub(crate) u64);

/// A token that has just arrived, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh<U, T> {
    /// The user the token says it is for.
    pub user: U,
    /// The token.
    pub token: T,
    /// How long it is good for from now on, as the server says: never computed from the visitor's
    /// clock.
    pub lifetime: Duration,
}

/// Why a request brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server says that nobody is signed in (401).
    Unauthorized,
    /// Anything else: trying again may help, not before the time the server named, if it did
    /// (`Retry-After`).
    Retry(Option<Duration>),
}

/// What can happen, in the browser, on the server or in another tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<U, T> {
    /// The page has loaded.
    Started,
    /// The server says who is signed in, with a token for them.
    SessionFound(Ticket, Option<Fresh<U, T>>),
    /// The server could not be asked who is signed in.
    SessionUnknown(Ticket, Failure),
    /// Another tab signed in or out, or this page was away in the back/forward cache.
    SessionMayHaveChanged,
    /// The visitor signed in on this page.
    SignedIn(U),
    /// What the token says of the user has changed: another plan.
    TraitsChanged,
    /// The visitor wants to sign out.
    SignOutWanted,
    /// The server has ended the session. Whichever attempt it answers, the session is gone.
    SessionEnded,
    /// The session may still be open.
    SessionEndFailed(Ticket, Failure),
    /// The server minted a token.
    Minted(Ticket, Fresh<U, T>),
    /// The server minted none.
    MintFailed(Ticket, Failure),
    /// The widget's script has run.
    WidgetReady,
    /// The widget's script failed to load or is overdue. It may still come.
    WidgetBlocked,
    /// The widget threw when it was told who the user is.
    WidgetRefused,
    /// The visitor wants the widget tried again.
    WidgetWanted,
    /// The timer that [`Command::Wake`](crate::Command::Wake) set has run out.
    Timer,
    /// The page became visible, or the network came back.
    Woke,
}
