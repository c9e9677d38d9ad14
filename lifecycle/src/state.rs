//! The state of a tab, in words a person can use.

/// Where the tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
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
    /// The last attempt to get a token failed, and another will follow.
    Retrying,
    /// A user is signed in, but the widget's script does not load or does not work.
    Blocked,
    /// The session is being ended.
    SigningOut,
    /// The session could not be ended yet: it may still be open.
    SignOutUnfinished,
    /// The page is being loaded anew.
    Leaving,
}
