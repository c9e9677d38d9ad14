//! When a token counts: `iat`, `exp` and `nbf` (RFC 7519 section 4.1).

use serde_json::Value;

use super::refusal::{Refusal, RefusalCode, shown};

/// The longest life of a token, in seconds: Reqio documents `exp = iat + 300`.
pub const LONGEST_LIFETIME: i64 = 300;

/// How far, in seconds, `iat` and `nbf` may lie in the future, for clocks that differ and for times
/// rounded up. The sandbox's own choice. There is none for `exp`: a token counts until the second
/// before it.
pub const CLOCK_LEEWAY: i64 = 5;

/// A `NumericDate` beyond this, which as seconds is the year 5138, is read as milliseconds when
/// explaining a refusal.
const SURELY_MILLISECONDS: i64 = 100_000_000_000;

pub(super) struct Times {
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
}

pub(super) fn check(claims: &Value, now: i64) -> Result<Times, Refusal> {
    let expires_at = time(claims, "exp")?;
    let issued_at = time(claims, "iat")?;
    let not_before = time(claims, "nbf")?;
    let expires_at = expires_at.ok_or_else(|| {
        Refusal::new(
            RefusalCode::Lifetime,
            "the token has no exp, so it would never end; send exp = iat + 300",
        )
    })?;
    if expires_at <= now {
        return Err(Refusal::new(RefusalCode::Expired, expired(expires_at, now)));
    }
    let issued_at = issued_at.ok_or_else(|| {
        Refusal::new(
            RefusalCode::Lifetime,
            "the token has no iat, so its age cannot be told; send iat and exp = iat + 300",
        )
    })?;
    check_lifetime(issued_at, expires_at)?;
    for (name, time) in [("iat", Some(issued_at)), ("nbf", not_before)] {
        if let Some(ahead) = time
            .map(|time| time.saturating_sub(now))
            .filter(|ahead| *ahead > CLOCK_LEEWAY)
        {
            let message = format!(
                "{name} lies {ahead} s in the future; set the clock of the server that mints"
            );
            return Err(Refusal::new(RefusalCode::NotYetValid, message));
        }
    }
    Ok(Times {
        issued_at,
        expires_at,
    })
}

fn check_lifetime(issued_at: i64, expires_at: i64) -> Result<(), Refusal> {
    let lifetime = expires_at.saturating_sub(issued_at);
    let message = if expires_at > SURELY_MILLISECONDS {
        format!(
            "exp is {expires_at}, which looks like milliseconds; send seconds since 1970 (divide \
             by 1000)"
        )
    } else if lifetime > LONGEST_LIFETIME {
        format!(
            "lifetime is {lifetime} s; Reqio's tokens live {LONGEST_LIFETIME}: send exp = iat + \
             {LONGEST_LIFETIME}"
        )
    } else if lifetime <= 0 {
        format!(
            "exp is not after iat (lifetime is {lifetime} s); send exp = iat + {LONGEST_LIFETIME}"
        )
    } else {
        return Ok(());
    };
    Err(Refusal::new(RefusalCode::Lifetime, message))
}

fn expired(expires_at: i64, now: i64) -> String {
    // A lifetime sent in place of a time is the likelier mistake than a token from 1970.
    if (0..=86_400).contains(&expires_at) {
        return format!(
            "exp is {expires_at}, a lifetime; it must be a time: exp = iat + {LONGEST_LIFETIME}"
        );
    }
    let ago = now.saturating_sub(expires_at);
    format!(
        "the token expired {ago} s ago; mint a new one before each {LONGEST_LIFETIME} s are over \
         and identify again"
    )
}

/// A whole `NumericDate`. RFC 7519 also allows fractions; the sandbox refuses them, since every
/// guide of Reqio's sends whole seconds and a reader that expects an integer would stop at them.
fn time(claims: &Value, name: &str) -> Result<Option<i64>, Refusal> {
    match claims.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_i64()
            .map(Some)
            .ok_or_else(|| Refusal::malformed(not_a_time(name, value))),
    }
}

fn not_a_time(name: &str, value: &Value) -> String {
    match value {
        Value::String(_) => format!(
            "{name} is a string ({}); send a number of seconds since 1970",
            shown(value)
        ),
        Value::Number(_) => {
            format!("{name} is {value}; send whole seconds since 1970, without a fraction")
        }
        _ => format!(
            "{name} is {}; send a number of seconds since 1970",
            shown(value)
        ),
    }
}
