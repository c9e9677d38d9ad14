//! What a visitor's cookies hold: random tokens, of which the database keeps hashes.

use std::fmt::{self, Write as _};

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

/// A type for each kind of token: 256 random bits in hexadecimal, redacted in `Debug`.
macro_rules! token {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            pub(crate) fn random() -> Result<Self, getrandom::Error> {
                Ok(Self(random_hex::<32>()?.into()))
            }

            /// The token that a cookie brought, if it can be one.
            #[must_use]
            pub fn from_cookie(value: &str) -> Option<Self> {
                let fits = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
                fits.then(|| Self(value.into()))
            }

            /// The token, for the cookie.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }

            /// What the database knows it by.
            pub(crate) fn hash(&self) -> String {
                sha256(self.expose())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

token! {
    /// Says who is signed in: whoever has it is.
    SessionToken
}
token! {
    /// Says that a browser has signed in before, and to which accounts. It opens nothing; it only
    /// keeps strangers' wrong passwords from locking this browser out (OWASP's device cookie).
    DeviceToken
}

/// The SHA-256 of a text, in hexadecimal. Enough for a token of 256 random bits, as there is
/// nothing to guess.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// `N` bytes from the operating system's random source, in hexadecimal.
pub(crate) fn random_hex<const N: usize>() -> Result<String, getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String cannot fail");
            text
        })
}
