//! Tokens, read and verified by the rules of Reqio's documentation and not by the code that minted
//! them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;

fn part(token: &str, index: usize) -> Value {
    let parts: Vec<_> = token.split('.').collect();
    assert_eq!(parts.len(), 3, "{token}");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[index]).unwrap()).unwrap()
}

/// The header of `token`.
pub(crate) fn header(token: &str) -> Value {
    part(token, 0)
}

/// The claims of `token`, unverified.
pub(crate) fn claims(token: &str) -> Value {
    part(token, 1)
}

/// The claims of `token`, which must be good right now for the project of `audience`.
pub(crate) fn verify(token: &str, secret: &str, audience: &str) -> Value {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[audience]);
    validation.leeway = 0;
    jsonwebtoken::decode(
        token,
        &DecodingKey::from_secret(secret.as_bytes()),
        &validation,
    )
    .unwrap()
    .claims
}
