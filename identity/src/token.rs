//! A finished identity token, on its way to the browser.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A signed identity token in compact form (RFC 7515 section 3.1).
///
/// Whoever holds it is that user to Reqio until it expires, so `Debug` shows nothing of it, and it belongs in no log,
/// URL or storage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// The token as `window.Reqio.identify` and `data-identity-token` take it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[cfg(feature = "mint")]
    pub(crate) fn new(compact: String) -> Self {
        Self(compact)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token([redacted])")
    }
}
