//! The claims of a token whose signature is right: who it is for, and what it says of them.

use serde_json::{Number, Value};

use super::refusal::{Refusal, RefusalCode, shown};
use super::sent::Sent;
use super::traits::Traits;
use super::{audience, times};
use crate::money::show;

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
    pub(super) fn read(
        sent: &Sent,
        audience: &str,
        project: &str,
        now: i64,
    ) -> Result<Self, Refusal> {
        let (issued_at, expires_at) = times::check(sent, now)?;
        audience::check(sent.aud.read("aud")?.as_ref(), audience, project)?;
        Ok(Self {
            issued_at,
            expires_at,
            ..Self::of_customer(sent)?
        })
    }

    /// What the claims say of a customer, as if minted in 1970: any token is newer.
    pub(crate) fn of_customer(sent: &Sent) -> Result<Self, Refusal> {
        Ok(Self {
            subject: subject(sent.sub.read("sub")?)?,
            email: email(sent.email.read("email")?)?,
            traits: Traits::read(&sent.traits)?,
            issued_at: 0,
            expires_at: 0,
        })
    }

    /// What is believed, in a sentence, with what the user is worth a month, so that a wrong unit
    /// is seen.
    pub(crate) fn summary(&self, currency: &str) -> String {
        let subject = &self.subject;
        match self.traits.monthly_amount() {
            Some(cents) => format!("{subject} is worth {} a month", show(currency, cents)),
            None => format!("{subject}, of unknown monthly value"),
        }
    }
}

fn subject(claim: Option<Value>) -> Result<String, Refusal> {
    let message = match claim {
        Some(Value::String(subject)) if subject.trim().is_empty() => {
            "sub is empty; send the user's id".into()
        }
        Some(Value::String(subject)) if subject.chars().count() > LONGEST_SUBJECT => {
            format!("sub is longer than the {LONGEST_SUBJECT} characters that the sandbox keeps")
        }
        Some(Value::String(subject)) => return Ok(subject),
        Some(Value::Number(number)) if is_exact(&number) => {
            format!("sub is the number {number}; send it as a string: \"{number}\"")
        }
        Some(Value::Number(number)) => format!(
            "sub is the number {number}, which may be rounded already; make it a string where it \
             is an integer"
        ),
        Some(other) => format!("sub is {}; send the user's id as a string", shown(&other)),
        None => "the token has no sub; send the user's id in your system as a string".into(),
    };
    Err(Refusal::new(RefusalCode::Subject, message))
}

/// Whether every language reads and writes this number as it is: whole, and within the 53 bits that
/// JavaScript keeps of one (RFC 8259 section 6).
fn is_exact(number: &Number) -> bool {
    let size = number.as_u64().or(number.as_i64().map(i64::unsigned_abs));
    size.is_some_and(|size| size < 1 << 53)
}

fn email(claim: Option<Value>) -> Result<Option<String>, Refusal> {
    let message = match claim {
        None => return Ok(None),
        Some(Value::String(email)) if email.chars().count() > LONGEST_EMAIL => {
            format!("email is longer than {LONGEST_EMAIL} characters")
        }
        Some(Value::String(email)) => return Ok(Some(email)),
        Some(other) => format!(
            "email is {}; send an address as a string, or leave the claim out",
            shown(&other)
        ),
    };
    Err(Refusal::malformed(message))
}
