//! A finished identity token, on its way to the browser.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A signed identity token in compact form (RFC 7515 section 3.1).
///
/// ```
/// use reqio_identity::Token;
///
/// let token: Token = serde_json::from_str(r#""eyJ0.eyJz.c2ln""#).unwrap();
/// assert_eq!(token.as_str(), "eyJ0.eyJz.c2ln");
/// assert_eq!(format!("{token:?}"), "Token([redacted])");
/// ```
///
/// Whoever holds it is that user to Reqio until it expires, so `Debug` shows nothing of it, and it
/// belongs in no log, URL or storage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// The token as `window.Reqio.identify` and `data-identity-token` take it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A token that a page came with, in compact form. Nothing of it is verified: only the receiver
    /// can do that.
    #[must_use]
    pub fn from_compact(compact: impl Into<String>) -> Self {
        Self(compact.into())
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

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn debug_output_says_that_there_is_a_token_and_not_which() {
        let token: Token = serde_json::from_str(r#""eyJ0.eyJz.c2ln""#).unwrap();
        assert_eq!(format!("{token:?}"), "Token([redacted])");
    }
}
