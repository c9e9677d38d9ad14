//! What there is to show.

use std::time::Duration;

use reqio_identity::Token;
use reqio_lifecycle::{Lifecycle, Status, WidgetState};

/// A client at one moment. Times are on the clock of [`Client::now`](crate::Client::now).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Where the tab stands.
    pub status: Status,
    /// Where the widget stands, whoever is signed in.
    pub widget: WidgetState,
    /// The user to identify, by the id that their tokens name.
    pub user: Option<String>,
    /// The token in use.
    pub token: Option<HeldToken>,
    /// Until when the widget may act as the user it was told of, whatever happens on this page: a
    /// token cannot be taken back.
    pub identified_until: Option<Duration>,
}

/// A token that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldToken {
    /// The token.
    pub token: Token,
    /// When it expires.
    pub expires_at: Duration,
}

impl Snapshot {
    pub(crate) fn of(lifecycle: &Lifecycle<String, Token>) -> Self {
        let held = lifecycle.token().map(|(token, expires_at)| HeldToken {
            token: token.clone(),
            expires_at,
        });
        Self {
            status: lifecycle.status(),
            widget: lifecycle.widget(),
            user: lifecycle.user().cloned(),
            token: held,
            identified_until: lifecycle.given_until(),
        }
    }
}
