//! The state of a tab, in words a person can use.

/// Where the tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Nobody knows yet who is signed in.
    Starting,
    /// Nobody is signed in.
    Anonymous,
    /// Nobody is signed in any more: the session ended in another tab, on the server, or of old
    /// age.
    SignedOutElsewhere,
    /// A user is signed in and the first token is on its way.
    Identifying,
    /// There is a token and no widget yet to give it to.
    WaitingForWidget,
    /// The widget knows the user.
    Identified,
    /// The widget knows the user and the next token is on its way.
    Refreshing,
    /// The last attempt to get a token failed for this reason, and another will follow.
    Retrying(TokenProblem),
    /// A user is signed in, but the widget cannot be told, for this reason.
    Blocked(WidgetProblem),
    /// The session is being ended.
    SigningOut,
    /// The session could not be ended yet: it may still be open.
    SignOutUnfinished,
    /// The page is being loaded anew.
    Leaving,
}

/// Why there is no new token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenProblem {
    /// The server could not be reached, or could not make one.
    Failed,
    /// The server did not answer in time.
    NoAnswer,
    /// The token that came had expired, or was about to.
    Expired,
    /// The token that came is the one there is, or older: something between here and the server
    /// keeps tokens.
    NotNewer,
    /// The token that came is another user's than the page shows.
    OtherUser,
    /// The server says that nobody is signed in, and said so before the page was loaded anew, while
    /// the page says that somebody is.
    Unauthorized,
}

/// Why the widget cannot be told who the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WidgetProblem {
    /// Its script did not load, is overdue, or left no `window.Reqio` behind. It may still come.
    Blocked,
    /// There is a `window.Reqio` that cannot identify: something stands in for the widget.
    Stub,
    /// It threw, or said later that it failed, when it was told.
    Refused,
}
