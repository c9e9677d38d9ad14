//! What a browser is told: a token, and for how long it is good.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Token;

/// A token and how long it is good for: your endpoint's whole answer, as JSON
/// `{"token": "eyJ…", "expires_in": 300}`.
///
/// The lifetime travels as a number of seconds because the visitor's clock may be wrong by
/// minutes: counting from the moment of arrival needs no clock at all.
///
/// Send it with `Cache-Control: no-store`: whoever gets it later, or instead, is that user.
///
/// ```
/// use reqio_identity::Identity;
///
/// let identity: Identity =
///     serde_json::from_str(r#"{"token": "eyJ0.eyJz.c2ln", "expires_in": 300}"#).unwrap();
/// assert_eq!(identity.lifetime().as_secs(), 300);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// What `window.Reqio.identify` and `data-identity-token` take.
    pub token: Token,
    /// Seconds from now until the token expires.
    pub expires_in: u64,
}

impl Identity {
    /// How long the token is good for, from the moment this arrived.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        Duration::from_secs(self.expires_in)
    }
}
