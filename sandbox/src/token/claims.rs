//! The claims of a token whose signature is right: who it is for, and what it says of them.

use std::fmt;

use serde_json::Value;

use super::refusal::{Refusal, RefusalCode, shown};
use super::times::Times;
use super::traits::Traits;
use super::{Verifier, audience, times};

/// The longest subject taken, in characters. The sandbox's own choice.
const LONGEST_SUBJECT: usize = 255;

/// The longest address taken, in characters (RFC 5321 section 4.5.3.1.3, less the angle brackets).
const LONGEST_EMAIL: usize = 254;

/// What a believed token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The user's id in the site's own system (`sub`).
    pub subject: String,
    /// Where the user can be written to, if the token says.
    pub email: Option<String>,
    /// What the user pays for.
    pub traits: Traits,
    /// When the token was minted (`iat`), in seconds since 1970.
    pub issued_at: i64,
    /// When the token stops counting (`exp`), in seconds since 1970.
    pub expires_at: i64,
}

impl Claims {
    pub(super) fn read(claims: &Value, expected: &Verifier, now: i64) -> Result<Self, Refusal> {
        let Times {
            issued_at,
            expires_at,
        } = times::check(claims, now)?;
        audience::check(claims.get("aud"), expected)?;
        Ok(Self {
            issued_at,
            expires_at,
            ..Self::of_customer(claims)?
        })
    }

    /// What the claims say of a customer, as if minted in 1970: any token is newer.
    pub(crate) fn of_customer(claims: &Value) -> Result<Self, Refusal> {
        Ok(Self {
            subject: subject(claims.get("sub"))?,
            email: email(claims.get("email"))?,
            traits: Traits::read(claims.get("traits"))?,
            issued_at: 0,
            expires_at: 0,
        })
    }
}

impl fmt::Display for Claims {
    /// What is believed, in a sentence, with what the user is worth a month, so that a wrong unit
    /// is seen.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = &self.subject;
        match self.traits.monthly_amount() {
            Some(cents) => write!(
                formatter,
                "{subject} is worth {} cents ({cents}) a month",
                cents.0
            ),
            None => write!(formatter, "{subject}, of unknown monthly value"),
        }
    }
}

fn subject(claim: Option<&Value>) -> Result<String, Refusal> {
    let refused = |message: String| Err(Refusal::new(RefusalCode::Subject, message));
    match claim {
        Some(Value::String(subject)) if subject.trim().is_empty() => {
            refused("sub is empty; send the user's id".into())
        }
        Some(Value::String(subject)) if subject.chars().count() > LONGEST_SUBJECT => refused(
            format!("sub is longer than the {LONGEST_SUBJECT} characters that the sandbox keeps"),
        ),
        Some(Value::String(subject)) => Ok(subject.clone()),
        Some(Value::Number(number)) => refused(format!(
            "sub is the number {number}; send it as a string: \"{number}\""
        )),
        Some(other) => refused(format!(
            "sub is {}; send the user's id as a string",
            shown(other)
        )),
        None => {
            refused("the token has no sub; send the user's id in your system as a string".into())
        }
    }
}

fn email(claim: Option<&Value>) -> Result<Option<String>, Refusal> {
    match claim {
        None => Ok(None),
        Some(Value::String(email)) if email.chars().count() > LONGEST_EMAIL => Err(
            Refusal::malformed(format!("email is longer than {LONGEST_EMAIL} characters")),
        ),
        Some(Value::String(email)) => Ok(Some(email.clone())),
        Some(other) => Err(Refusal::malformed(format!(
            "email is {}; send an address as a string, or leave the claim out",
            shown(other)
        ))),
    }
}
