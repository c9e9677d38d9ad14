//! The project's signing secret, which never leaves the server.

use secrecy::{ExposeSecret, SecretString};

/// The signing secret of a Reqio project (Project > Settings > Identity > Reveal secret).
///
/// Its UTF-8 bytes are the HMAC key as they stand: Reqio's secret is not base64 to be decoded. At
/// least 32 bytes, as RFC 7518 section 3.2 requires of an HS256 key. `Debug` is redacted, the
/// memory is wiped on drop, and there is neither `Display` nor `Serialize`, so that it cannot be
/// printed or sent by accident. It goes into a [`Minter`](crate::Minter) and never comes out again.
///
/// ```
/// use reqio_identity::{SigningSecret, WeakSigningSecret};
///
/// assert!(SigningSecret::new("exactly as Reqio shows it, 32 bytes or more".to_owned()).is_ok());
/// let refused = SigningSecret::new("changeme".to_owned()).unwrap_err();
/// assert_eq!(refused, WeakSigningSecret { length: 8, minimum: 32 });
/// ```
///
/// ```compile_fail
/// # let secret = reqio_identity::SigningSecret::new("x".repeat(32)).unwrap();
/// println!("{secret}");
/// ```
///
/// ```compile_fail
/// # let secret = reqio_identity::SigningSecret::new("x".repeat(32)).unwrap();
/// serde_json::to_string(&secret);
/// ```
#[derive(Clone, Debug)]
pub struct SigningSecret(SecretString);

/// The secret is shorter than the 32 bytes that RFC 7518 section 3.2 requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing secret has at least {minimum} bytes, this one has {length}")]
pub struct WeakSigningSecret {
    /// The bytes it has.
    pub length: usize,
    /// The bytes it needs.
    pub minimum: usize,
}

impl SigningSecret {
    /// The fewest bytes a key for HS256 may have.
    pub const MINIMUM_BYTES: usize = 32;

    /// Takes the secret as Reqio shows it.
    ///
    /// # Errors
    /// [`WeakSigningSecret`] if it has fewer than 32 bytes.
    pub fn new(secret: String) -> Result<Self, WeakSigningSecret> {
        if secret.len() < Self::MINIMUM_BYTES {
            return Err(WeakSigningSecret {
                length: secret.len(),
                minimum: Self::MINIMUM_BYTES,
            });
        }
        Ok(Self(SecretString::from(secret)))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::SigningSecret;

    #[test]
    fn the_length_is_counted_in_bytes() {
        assert!(SigningSecret::new("x".repeat(31)).is_err());
        assert!(SigningSecret::new("x".repeat(32)).is_ok());
        assert!(SigningSecret::new("é".repeat(16)).is_ok());
    }

    #[test]
    fn debug_output_shows_nothing_of_the_secret() {
        let secret =
            SigningSecret::new("correct horse battery staple, and more".to_owned()).unwrap();
        assert!(!format!("{secret:?} {secret:#?}").contains("horse"));
    }
}
