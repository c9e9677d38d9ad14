//! A token for a test, signed as Reqio's guides do.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::LONGEST_LIFETIME;
use crate::SigningSecret;

/// Signs claims with HS256 and the raw bytes of the secret, whatever they say: whether they may be
/// believed is for the judge to find. `aud`, `iat` and `exp` are added where they are missing.
#[must_use]
pub fn mint(
    mut claims: Map<String, Value>,
    secret: &SigningSecret,
    audience: &str,
    now: i64,
) -> String {
    complete(&mut claims, audience, now);
    let claims = Value::from(claims);
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut hmac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes())
        .expect("HMAC takes keys of any length (RFC 2104 section 2)");
    hmac.update(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(hmac.finalize().into_bytes());
    format!("{signed}.{signature}")
}

/// Adds what every token needs and these claims leave out: `aud`, `iat` and `exp`.
fn complete(claims: &mut Map<String, Value>, audience: &str, now: i64) {
    claims.entry("aud").or_insert_with(|| audience.into());
    let issued_at = claims.entry("iat").or_insert_with(|| now.into()).as_i64();
    let expires_at = issued_at.unwrap_or(now).saturating_add(LONGEST_LIFETIME);
    claims.entry("exp").or_insert_with(|| expires_at.into());
}

/// What verdicts call a token by: the first 8 hex digits of its SHA-256.
#[must_use]
pub fn id(token: &str) -> String {
    hex::encode(&Sha256::digest(token)[..4])
}
