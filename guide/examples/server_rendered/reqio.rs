//! Identity tokens for Reqio.
// take home: minting
use std::{env, error::Error};

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use serde::Serialize;

/// What Reqio is told of a user's plan.
#[derive(Serialize)]
pub struct Traits {
    /// The plan's name in your billing system.
    pub plan: String,
    /// The recurring charge as billed, in cents: for an annual plan the total of the year.
    pub amount: u64,
    /// "month" or "year".
    pub interval: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    email: &'a str,
    traits: Traits,
    aud: &'a str,
    iat: u64,
    exp: u64,
}

/// A token that says to Reqio who the user is, good for the next 300 seconds.
pub fn identity_token(
    user_id: &str,
    email: &str,
    traits: Traits,
) -> Result<String, Box<dyn Error + Send + Sync>> {
    let secret = env::var("REQIO_SECRET").map_err(|error| format!("REQIO_SECRET: {error}"))?;
    let audience =
        env::var("REQIO_AUDIENCE").map_err(|error| format!("REQIO_AUDIENCE: {error}"))?;
    if secret.len() < 32 {
        return Err("REQIO_SECRET has fewer than 32 bytes".into());
    }
    let now = get_current_timestamp();
    let claims = Claims {
        sub: user_id,
        email,
        traits,
        aud: &audience,
        iat: now,
        exp: now + 300,
    };
    Ok(encode(
        &Header::new(Algorithm::HS256),
        &claims,
        &EncodingKey::from_secret(secret.as_bytes()),
    )?)
}
// take home: end
