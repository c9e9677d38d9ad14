//! Minting: the one place where the signing secret meets a user's claims.

use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::{Algorithm, EncodingKey, Header};

use crate::{Audience, Claims, SigningSecret, Token, Traits};

#[cfg(test)]
mod vectors;

/// Mints identity tokens for one Reqio project. Build it once at start: the key and the header are
/// kept.
///
/// ```
/// use identity::{MintError, Minter, SigningSecret, Traits};
/// use std::time::SystemTime;
///
/// let secret = SigningSecret::new("the project's signing secret, 32 bytes or more".to_owned()).unwrap();
/// let minter = Minter::new(&secret, "acme".parse().unwrap());
/// assert!(minter.mint("usr_1", None, Traits::default(), SystemTime::now()).is_ok());
/// let refused = minter.mint("", None, Traits::default(), SystemTime::now());
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

    /// Mints a token for the user `subject` at `now`, good for 300 seconds from then.
    ///
    /// Everything in it must come from your own session and billing record, never from the request:
    /// whoever chooses `subject` chooses who Reqio believes is asking.
    ///
    /// # Errors
    /// [`MintError`], none of which a visitor can cause.
    pub fn mint(
        &self,
        subject: &str,
        email: Option<&str>,
        traits: Traits,
        now: SystemTime,
    ) -> Result<Token, MintError> {
        if subject.is_empty() {
            return Err(MintError::EmptySubject);
        }
        let issued_at = now
            .duration_since(UNIX_EPOCH)
            .map_err(|_| MintError::ClockBeforeEpoch)?
            .as_secs();
        let claims = Claims::new(subject, email, traits, self.audience.clone(), issued_at);
        Ok(Token::new(jsonwebtoken::encode(
            &self.header,
            &claims,
            &self.key,
        )?))
    }

    /// The project the tokens are for.
    #[must_use]
    pub fn audience(&self) -> &Audience {
        &self.audience
    }
}
