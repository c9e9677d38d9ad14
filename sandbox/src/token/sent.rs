//! What is read of a token's header and claims. Whatever else is in them only has to be JSON.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::refusal::Refusal;

/// The header parameters that are read (RFC 7515 section 4.1).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Header {
    pub(super) alg: Member,
    pub(super) crit: Member,
}

/// The claims that are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    pub(super) sub: Member,
    pub(super) email: Member,
    pub(super) traits: Member,
    pub(super) aud: Member,
    pub(super) iat: Member,
    pub(super) exp: Member,
    pub(super) nbf: Member,
}

/// The traits that are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentTraits {
    pub(super) plan: Member,
    pub(super) amount: Member,
    pub(super) interval: Member,
}

/// A member as its text, if it is there. A null is there.
#[derive(Debug, Default)]
pub(super) struct Member(Option<Box<RawValue>>);

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(|raw| Self(Some(raw)))
    }
}

impl Member {
    /// The member's text, if it is there.
    pub(super) fn text(&self) -> Option<&str> {
        self.0.as_deref().map(RawValue::get)
    }

    /// The member's value. JSON's grammar allows half of a UTF-16 pair in a text (RFC 8259 section
    /// 8.2), and numbers of any size; no reader has a value for them.
    pub(super) fn read(&self, name: &str) -> Result<Option<Value>, Refusal> {
        let value = self.text().map(serde_json::from_str);
        value.transpose().map_err(|_| {
            Refusal::malformed(format!(
                "{name} cannot be read: it holds half a character, cut within an emoji, or a \
                 number too large"
            ))
        })
    }
}

/// Reads a part of a token. A name that is read and appears twice is refused, since two readers
/// could each believe another value (RFC 7519 section 4).
pub(super) fn object<'a, T: Deserialize<'a>>(part: &str, json: &'a [u8]) -> Result<T, Refusal> {
    // A struct would be read from an array too.
    if json.trim_ascii_start().first() != Some(&b'{') {
        let message = format!("the token's {part} is not a JSON object");
        return Err(Refusal::malformed(message));
    }
    serde_json::from_slice(json).map_err(|error| {
        let error = error.to_string();
        let why = match error.strip_prefix("duplicate field ") {
            Some(name) => format!("has a name that appears twice: {name}"),
            None => format!("is not well-formed JSON: {error}"),
        };
        Refusal::malformed(format!("the token's {part} {why}"))
    })
}
