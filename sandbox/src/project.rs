//! The project that a sandbox serves: its id, and the secret that its tokens are signed with.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

/// In bytes: a key for HS256 is at least as long as its hash (RFC 7518 section 3.2).
const SHORTEST_SECRET: usize = 32;

/// In characters. The sandbox's own choice.
const LONGEST_ID: usize = 64;

/// The id of a project: what follows `/p/` in its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectId(String);

impl ProjectId {
    /// Takes 1 to 64 ASCII letters, digits, `-` and `_`. The sandbox's own choice.
    ///
    /// # Errors
    /// [`ConfigError::Project`] for anything else.
    pub fn new(id: impl Into<String>) -> Result<Self, ConfigError> {
        let id = id.into();
        if is_id(&id) {
            Ok(Self(id))
        } else {
            Err(ConfigError::Project(id))
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether a text is 1 to 64 ASCII letters, digits, `-` and `_`.
pub(crate) fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (1..=LONGEST_ID).contains(&text.len()) && text.chars().all(allowed)
}

/// A project's signing secret. Its raw UTF-8 bytes are the key; it is never printed by `Debug`.
#[derive(Debug, Clone)]
pub struct SigningSecret(SecretString);

impl SigningSecret {
    /// Takes a secret of at least 32 bytes.
    ///
    /// # Errors
    /// [`ConfigError::SecretTooShort`] under 32 bytes.
    pub fn new(secret: impl Into<String>) -> Result<Self, ConfigError> {
        let secret = secret.into();
        match secret.len() {
            bytes @ ..SHORTEST_SECRET => Err(ConfigError::SecretTooShort { bytes }),
            _ => Ok(Self(secret.into())),
        }
    }

    /// 32 bytes of the system's randomness, printable, and so 43 bytes as a key.
    ///
    /// # Errors
    /// [`ConfigError::NoRandomness`] where the system has none.
    pub fn made_up() -> Result<Self, ConfigError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| ConfigError::NoRandomness)?;
        Self::new(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The secret itself, to be printed for whom it is for.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Why a [`Config`](crate::Config) was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The project id is not one.
    #[error("the project id {0:?} is not 1 to 64 letters, digits, \"-\" or \"_\", like \"demo\"")]
    Project(String),
    /// The signing secret is shorter than 32 bytes.
    #[error("the signing secret has {bytes} bytes; HS256 needs at least 32 (RFC 7518 section 3.2)")]
    SecretTooShort {
        /// The length that was given.
        bytes: usize,
    },
    /// No signing secret could be made up.
    #[error("the system has no randomness for a signing secret; give one with REQIO_SECRET")]
    NoRandomness,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_of_31_bytes_is_refused_and_of_32_taken() {
        let refused = SigningSecret::new("x".repeat(31)).unwrap_err();
        assert_eq!(refused, ConfigError::SecretTooShort { bytes: 31 });
        assert!(SigningSecret::new("x".repeat(32)).is_ok());
    }

    #[test]
    fn a_project_id_that_would_change_the_address_is_refused() {
        for id in ["", "a/b", "a b", "é", "..", "<b>", &"x".repeat(65)] {
            assert!(ProjectId::new(id).is_err(), "{id:?} was taken");
        }
    }

    #[test]
    fn debug_output_never_shows_the_secret() {
        let secret = SigningSecret::new("canary-canary-canary-canary-canary").unwrap();
        assert!(!format!("{secret:?}").contains("canary"));
    }
}
