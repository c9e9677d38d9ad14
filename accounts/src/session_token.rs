//! What a visitor's cookie holds.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

use crate::{Error, hex};

/// What the visitor's cookie holds: 256 random bits. Whoever has it is signed in, so `Debug` is
/// redacted.
#[derive(Clone)]
pub struct SessionToken(SecretString);

impl SessionToken {
    pub(crate) fn random() -> Result<Self, Error> {
        Ok(Self(hex::random::<32>()?.into()))
    }

    /// The token a cookie brought, if it can be one at all.
    #[must_use]
    pub fn from_cookie(value: &str) -> Option<Self> {
        let possible = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        possible.then(|| Self(value.into()))
    }

    /// The token, for the cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What the database knows it by. SHA-256 is enough for a token of 256 random bits: there is
    /// nothing to guess.
    pub(crate) fn hash(&self) -> String {
        hex::encode(&Sha256::digest(self.expose()))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionToken([redacted])")
    }
}
