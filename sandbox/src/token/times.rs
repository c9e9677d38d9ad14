//! When a token counts: `iat`, `exp` and `nbf` (RFC 7519 section 4.1).

use serde_json::Value;

use super::refusal::{Refusal, RefusalCode, shown};
use super::sent::{Member, Sent};

/// The longest life of a token, in seconds: Reqio documents `exp = iat + 300`.
pub const LONGEST_LIFETIME: i64 = 300;

/// How far, in seconds, `iat` and `nbf` may lie in the future, for clocks that differ and for times
/// rounded up. The sandbox's own choice. There is none for `exp`: a token counts until the second
/// before it.
pub const CLOCK_LEEWAY: i64 = 5;

/// A `NumericDate` beyond this, which as seconds is the year 5138, is read as milliseconds when
/// explaining a refusal.
const SURELY_MILLISECONDS: i64 = 100_000_000_000;

/// `iat` and `exp` of claims that count at the time `now`.
pub(super) fn check(sent: &Sent, now: i64) -> Result<(i64, i64), Refusal> {
    let (expires_at, issued_at) = (time("exp", &sent.exp)?, time("iat", &sent.iat)?);
    let not_before = time("nbf", &sent.nbf)?;
    let missing = |message| Refusal::new(RefusalCode::Lifetime, message);
    let expires_at = expires_at.ok_or_else(|| {
        missing("the token has no exp, so it would never end; send exp = iat + 300")
    })?;
    if expires_at <= now {
        let message = expired(issued_at, expires_at, now);
        return Err(Refusal::new(RefusalCode::Expired, message));
    }
    let issued_at = issued_at.ok_or_else(|| {
        missing("the token has no iat, so its age cannot be told; send iat and exp = iat + 300")
    })?;
    check_lifetime(issued_at, expires_at)?;
    for (name, time) in [("iat", issued_at), ("nbf", not_before.unwrap_or(now))] {
        let ahead = time.saturating_sub(now);
        if ahead > CLOCK_LEEWAY {
            let fix = match time_zone(ahead) {
                Some(zone) => format!(", or {zone}"),
                None => "; set the clock of the server that mints".to_owned(),
            };
            let message = format!("{name} lies {ahead} s in the future{fix}");
            return Err(Refusal::new(RefusalCode::NotYetValid, message));
        }
    }
    Ok((issued_at, expires_at))
}

fn check_lifetime(issued_at: i64, expires_at: i64) -> Result<(), Refusal> {
    let lifetime = expires_at.saturating_sub(issued_at);
    let message = if expires_at > SURELY_MILLISECONDS {
        format!(
            "exp is {expires_at}, which looks like milliseconds; send seconds since 1970 (divide \
             by 1000)"
        )
    } else if let Some(zone) = time_zone(lifetime.saturating_sub(LONGEST_LIFETIME)) {
        format!("lifetime is {lifetime} s, off by {zone}")
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

/// Why it is likely that a time zone makes this difference, in seconds: it is one of whole quarter
/// hours, of an hour or more and no more than lies between any two zones. 90 seconds are allowed
/// for the time that a token takes until it is judged.
fn time_zone(difference: i64) -> Option<String> {
    const QUARTER: u64 = 900;
    let difference = difference.unsigned_abs();
    let quarters = difference.saturating_add(QUARTER / 2) / QUARTER;
    let is_whole = difference.abs_diff(quarters.saturating_mul(QUARTER)) <= 90;
    (is_whole && (4..=26 * 4).contains(&quarters)).then(|| {
        format!(
            "{} h {} min: a time zone is the likely cause; send seconds since 1970 in UTC, in \
             Python time.time() and not datetime.utcnow().timestamp()",
            quarters / 4,
            quarters % 4 * 15
        )
    })
}

fn expired(issued_at: Option<i64>, expires_at: i64, now: i64) -> String {
    // A lifetime sent in place of a time is the likelier mistake than a token from 1970.
    if (0..=86_400).contains(&expires_at) {
        return format!(
            "exp is {expires_at}, a lifetime; it must be a time: exp = iat + {LONGEST_LIFETIME}"
        );
    }
    let ago = now.saturating_sub(expires_at);
    let minted_at = issued_at.unwrap_or(expires_at.saturating_sub(LONGEST_LIFETIME));
    match time_zone(now.saturating_sub(minted_at)) {
        Some(zone) => {
            format!("the token expired {ago} s ago; if it is new, it is late by {zone}")
        }
        None => format!(
            "the token expired {ago} s ago; mint a new one before each {LONGEST_LIFETIME} s are \
             over and identify again"
        ),
    }
}

/// A whole `NumericDate`. RFC 7519 also allows fractions; the sandbox refuses them, since every
/// guide of Reqio's sends whole seconds and a reader that expects an integer would stop at them.
fn time(name: &str, sent: &Member) -> Result<Option<i64>, Refusal> {
    let Some(value) = sent.read(name)? else {
        return Ok(None);
    };
    let sent = shown(&value);
    let message = match (value.as_i64(), &value) {
        (Some(time), _) => return Ok(Some(time)),
        (None, Value::String(_)) => {
            format!("{name} is a string ({sent}); send a number of seconds since 1970")
        }
        (None, Value::Number(_)) => {
            format!("{name} is {value}; send whole seconds since 1970, without a fraction")
        }
        (None, _) => format!("{name} is {sent}; send a number of seconds since 1970"),
    };
    Err(Refusal::malformed(message))
}
