//! The judge of one project's tokens.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::claims::Claims;
use super::jws::Jws;
use super::refusal::Refusal;
use super::sent::object;
use super::signature;
use crate::project::{ProjectId, SigningSecret};

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
    /// The header as it was sent, where it could be read. Not to be trusted.
    pub header: Option<Value>,
    /// The claims as they were sent, where they could be read. Not to be trusted.
    pub claims: Option<Value>,
    /// The claims to believe, or why there are none.
    pub outcome: Result<Claims, Refusal>,
}

impl Verifier {
    /// Judges a token at the time `now`, in seconds since 1970.
    ///
    /// The signature is verified before any claim counts. Where it fails, the claims are still
    /// shown, as sent.
    #[must_use]
    pub fn judge(&self, token: &str, now: i64) -> Judgement {
        let jws = match Jws::read(token) {
            Ok(jws) => jws,
            Err(refusal) => {
                return Judgement {
                    header: None,
                    claims: None,
                    outcome: Err(refusal),
                };
            }
        };
        Judgement {
            header: serde_json::from_slice(&jws.header).ok(),
            claims: serde_json::from_slice(&jws.payload).ok(),
            outcome: self.verify(&jws, now),
        }
    }

    fn verify(&self, jws: &Jws<'_>, now: i64) -> Result<Claims, Refusal> {
        let (header, sent) = (
            object("header", &jws.header)?,
            object("payload", &jws.payload)?,
        );
        signature::check_algorithm(&header)?;
        signature::check_signature(jws, self.secret.expose())?;
        Claims::read(&sent, &self.audience, self.project.as_str(), now)
    }
}

/// What verdicts call a token by: the first 8 hex digits of its SHA-256.
#[must_use]
pub fn id(token: &str) -> String {
    hex::encode(&Sha256::digest(token)[..4])
}
