//! The judge of an identity token: what it says, whether it may be believed, and if not, how to fix
//! it.
//!
//! Written against RFC 7515 (JWS), RFC 7519 (JWT), RFC 8725 (their best practice) and Reqio's
//! public documentation, with no JWT library: a token that a library mints is then checked by
//! something that is not that library.

mod audience;
mod claims;
mod json;
mod mint;
mod parts;
mod refusal;
mod signature;
mod times;
mod traits;
#[cfg(test)]
mod vectors;

pub use claims::Claims;
pub use mint::{id, mint};
pub use refusal::{Refusal, RefusalCode};
pub use times::{CLOCK_LEEWAY, LONGEST_LIFETIME};
pub use traits::Traits;

use parts::Jws;
use serde_json::Value;

use crate::{Config, ProjectId, SigningSecret};

/// Verifies the tokens of one project.
#[derive(Debug, Clone)]
pub struct Verifier {
    /// The project that tokens are for.
    pub project: ProjectId,
    /// The key they must be signed with.
    pub secret: SigningSecret,
    /// The audience they must name.
    pub audience: String,
}

/// What there is to say about one token.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The token's header as it was sent, where it could be read. Not to be trusted.
    pub header: Option<Value>,
    /// The token's claims as they were sent, where they could be read. Not to be trusted.
    pub claims: Option<Value>,
    /// The claims to believe, or why there are none.
    pub outcome: Result<Claims, Refusal>,
}

impl From<&Config> for Verifier {
    fn from(config: &Config) -> Self {
        Self {
            project: config.project.clone(),
            secret: config.secret.clone(),
            audience: config.audience.clone(),
        }
    }
}

impl Verifier {
    /// Judges a token at the time `now`, in seconds since 1970.
    ///
    /// The signature is verified before any claim counts. Where it fails, the claims are still
    /// shown, as sent.
    #[must_use]
    pub fn judge(&self, token: &str, now: i64) -> Judgement {
        let (mut header, mut claims) = (None, None);
        let outcome = self.verify(token, now, &mut header, &mut claims);
        Judgement {
            header,
            claims,
            outcome,
        }
    }

    fn verify(
        &self,
        token: &str,
        now: i64,
        header: &mut Option<Value>,
        claims: &mut Option<Value>,
    ) -> Result<Claims, Refusal> {
        let jws = Jws::read(token, header)?;
        let claims = claims.insert(jws.claims()?);
        signature::check_algorithm(header.as_ref())?;
        signature::check_signature(&jws, self.secret.expose())?;
        Claims::read(claims, self, now)
    }
}
