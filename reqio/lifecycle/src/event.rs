//! What happens to a tab.

use std::time::Duration;

/// Stands for one request, so that its answer can be told from the answer to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(u64);

impl Ticket {
    /// The ticket with this number. The machine numbers its own; this is for tests.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number: a later request has a higher one.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// A token that has just arrived, and what it says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh<U, T> {
    /// The user the token says it is for.
    pub user: U,
    /// The token.
    pub token: T,
    /// How long it is good for from now on, as the server says: never computed from the visitor's
    /// clock.
    pub lifetime: Duration,
    /// When it was made, in seconds on the clock of whoever made it, such as the claim `iat`. Only
    /// compared with that of another token, to tell the newer one.
    pub issued_at: u64,
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

/// What one tab tells the others. Never a token: each asks the server for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News<U> {
    /// This user is signed in now, or nobody is.
    Session(Option<U>),
    /// What a token says of the user has changed: another plan.
    Traits,
}

/// What can happen, in the browser, on the server or in another tab.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<U, T> {
    /// The page has loaded and does not know who is signed in. A page that knows begins with
    /// [`SignedIn`](Self::SignedIn), [`SignedOut`](Self::SignedOut) or
    /// [`Rendered`](Self::Rendered).
    Started,
    /// The page was rendered with this token on the widget's tag.
    Rendered(Fresh<U, T>),
    /// The widget's tag is in the page already, without a token.
    TagFound,
    /// The server says who is signed in, with a token for them.
    SessionFound(Ticket, Option<Fresh<U, T>>),
    /// The server could not be asked who is signed in.
    SessionUnknown(Ticket, Failure),
    /// The session may not be what it was: the server refused something that only a signed-in user
    /// may do.
    SessionMayHaveChanged,
    /// The page is back from the back/forward cache, as it was left: with a widget that may act as
    /// a user who has signed out since.
    Restored,
    /// Another tab told.
    Heard(News<U>),
    /// The visitor signed in on this page, or the page says who is.
    SignedIn(U),
    /// What the token says of the user has changed on this page: another plan.
    TraitsChanged,
    /// The visitor wants to sign out: the machine sees to it that the session ends.
    SignOutWanted,
    /// The page has ended the session itself, or says that nobody is signed in.
    SignedOut,
    /// The server has ended the session. Whichever attempt it answers, the session is gone.
    SessionEnded,
    /// The session may still be open.
    SessionEndFailed(Ticket, Failure),
    /// The server minted a token.
    Minted(Ticket, Fresh<U, T>),
    /// The server minted none.
    MintFailed(Ticket, Failure),
    /// The widget can be told who the user is.
    WidgetReady,
    /// The widget cannot be told, or did not take what it was told.
    WidgetLost(crate::WidgetProblem),
    /// The visitor wants the widget tried again.
    WidgetWanted,
    /// The timer that [`Command::Wake`](crate::Command::Wake) set has run out.
    Timer,
    /// The page became visible, or the network came back.
    Woke,
}
