//! Minting: the one place where the signing secret meets a user's claims.

use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::{Algorithm, EncodingKey, Header};

use crate::{Audience, Claims, Identity, LIFETIME, SigningSecret, Subject, Token};

#[cfg(test)]
mod vectors;

/// Mints identity tokens for one Reqio project. Build it once at start: the key and the header are
/// kept.
///
/// ```
/// use reqio_identity::{MintError, Minter, SigningSecret, Subject};
///
/// let secret =
///     SigningSecret::new("the project's signing secret, 32 bytes or more".to_owned()).unwrap();
/// let minter = Minter::new(&secret, "acme".parse().unwrap());
/// let identity = minter.mint(&Subject::new("usr_1")).unwrap();
/// assert_eq!(identity.expires_in, 300);
/// let refused = minter.mint(&Subject::new(""));
/// assert!(matches!(refused, Err(MintError::EmptySubject)));
/// ```
#[derive(Clone, Debug)]
pub struct Minter {
    key: EncodingKey,
    header: Header,
    audience: Audience,
}

/// Why no token was minted.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// An empty subject would make one user of everybody.
    #[error("the subject is empty: pass the user's id in your own system")]
    EmptySubject,
    /// The clock stands before 1970, so no `iat` can be written.
    #[error("the system clock stands before 1970")]
    ClockBeforeEpoch,
    /// The signature could not be made.
    #[error("the token could not be signed")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

impl Minter {
    /// A minter for `audience`, signing with `secret`.
    #[must_use]
    pub fn new(secret: &SigningSecret, audience: Audience) -> Self {
        Self {
            key: EncodingKey::from_secret(secret.as_bytes()),
            header: Header::new(Algorithm::HS256),
            audience,
        }
    }

    /// Mints a token for `subject`, good for 300 seconds from now.
    ///
    /// # Errors
    /// [`MintError`], none of which a visitor can cause.
    pub fn mint(&self, subject: &Subject) -> Result<Identity, MintError> {
        self.mint_at(subject, SystemTime::now())
    }

    /// Mints a token for `subject` as if it were `now`. For tests: in an answer, the token has to
    /// be good from the moment it leaves.
    ///
    /// # Errors
    /// [`MintError`], none of which a visitor can cause.
    pub fn mint_at(&self, subject: &Subject, now: SystemTime) -> Result<Identity, MintError> {
        if subject.id.is_empty() {
            return Err(MintError::EmptySubject);
        }
        let issued_at = now
            .duration_since(UNIX_EPOCH)
            .map_err(|_| MintError::ClockBeforeEpoch)?
            .as_secs();
        let claims = Claims::new(subject, self.audience.clone(), issued_at);
        let token = Token::new(jsonwebtoken::encode(&self.header, &claims, &self.key)?);
        Ok(Identity {
            token,
            expires_in: LIFETIME.as_secs(),
        })
    }

    /// The project the tokens are for.
    #[must_use]
    pub fn audience(&self) -> &Audience {
        &self.audience
    }
}
