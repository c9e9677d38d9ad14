//! Tokens for the judge, and what is expected of it.

use sandbox::Config;
use sandbox::token::{Judgement, Verifier};
use serde_json::Value;

use crate::bench::{NOW, SECRET, claims, mint};

/// The header of Reqio's tokens.
pub(crate) const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

pub(crate) fn verifier(secret: &str) -> Verifier {
    Verifier::from(&Config::new("demo", secret).unwrap())
}

pub(crate) fn judge(token: &str) -> Judgement {
    verifier(SECRET).judge(token, NOW)
}

#[track_caller]
pub(crate) fn assert_refused(token: &str, code: &str, fix: &str) {
    let refusal = judge(token)
        .outcome
        .expect_err("a token that should be refused was accepted");
    assert_eq!(refusal.code.as_str(), code, "{refusal}");
    assert!(
        refusal.message.contains(fix),
        "{:?} does not say {fix:?}",
        refusal.message
    );
}

/// The usual claims with one of them replaced, or taken out.
pub(crate) fn with(name: &str, value: impl Into<Option<Value>>) -> String {
    let mut claims = claims();
    match value.into() {
        Some(value) => claims[name] = value,
        None => drop(claims.as_object_mut().unwrap().remove(name)),
    }
    mint(&claims)
}

pub(crate) fn with_times(issued_at: i64, expires_at: i64) -> String {
    let mut claims = claims();
    claims["iat"] = issued_at.into();
    claims["exp"] = expires_at.into();
    mint(&claims)
}
