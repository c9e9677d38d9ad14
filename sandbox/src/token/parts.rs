//! A token taken apart: the compact serialization of RFC 7515 section 7.1.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::json;
use super::refusal::Refusal;

/// The longest token read, in bytes: what common servers take in one header. The sandbox's own
/// choice.
const LONGEST_TOKEN: usize = 8_192;

/// A signed text taken apart, whatever it says. Nothing here is verified.
pub(crate) struct Jws<'a> {
    payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// The text that the signature is over: the first two parts as sent, with the dot between them.
    pub(crate) signed: &'a str,
}

impl<'a> Jws<'a> {
    /// Takes `token` apart. Its header is shown even where the rest cannot be read.
    pub(crate) fn read(token: &'a str, header: &mut Option<Value>) -> Result<Self, Refusal> {
        if token.len() > LONGEST_TOKEN {
            let length = token.len();
            return Err(Refusal::malformed(format!(
                "the token has {length} bytes; the sandbox reads up to {LONGEST_TOKEN}"
            )));
        }
        let (first, payload, signature, signed) = split(token)?;
        *header = Some(object("header", &decode("header", first)?)?);
        Ok(Self {
            payload: decode("payload", payload)?,
            signature: decode("signature", signature)?,
            signed,
        })
    }

    /// The payload as an object of claims.
    pub(super) fn claims(&self) -> Result<Value, Refusal> {
        object("payload", &self.payload)
    }
}

fn split(token: &str) -> Result<(&str, &str, &str, &str), Refusal> {
    let parts: Vec<&str> = token.split('.').collect();
    match parts.as_slice() {
        [header, claims, signature] => Ok((
            header,
            claims,
            signature,
            &token[..header.len() + 1 + claims.len()],
        )),
        [_, _, _, _, _] => Err(Refusal::malformed(
            "the token has five parts, so it is encrypted (JWE); Reqio's tokens are signed: use \
             JWS with HS256",
        )),
        _ => Err(Refusal::malformed(not_a_token(token, parts.len()))),
    }
}

/// A sentence for a text that is no token at all.
fn not_a_token(token: &str, parts: usize) -> String {
    match token {
        "" => "the token is empty; send a token, or leave the header out for an anonymous visitor"
            .into(),
        "undefined" | "null" | "None" | "nil" => {
            format!("the token is the word {token:?}; the page had no token when it sent this one")
        }
        "[object Promise]" => {
            "the token is \"[object Promise]\"; signing is asynchronous: await it".into()
        }
        "[object Object]" => {
            "the token is \"[object Object]\"; send the token's text, not the object around it"
                .into()
        }
        _ => format!(
            "the token has {parts} part(s) between its dots; a token is header.payload.signature"
        ),
    }
}

fn object(part: &str, bytes: &[u8]) -> Result<Value, Refusal> {
    match json::read(bytes) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(Refusal::malformed(format!(
            "the token's {part} is JSON, but not an object"
        ))),
        Err(error) => Err(Refusal::malformed(format!(
            "the token's {part} is not well-formed JSON: {error}"
        ))),
    }
}

/// Base64url as RFC 7515 section 2 wants it: no padding, and no second spelling of the same bytes.
fn decode(part: &str, text: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD.decode(text).map_err(|error| {
        let fix = if text.contains('=') {
            "it ends in \"=\": leave the padding off"
        } else if text.contains(['+', '/']) {
            "it holds \"+\" or \"/\": that is base64; use base64url"
        } else if text.contains(|c: char| c.is_whitespace() || c == '"') {
            "it holds a space, a line end or a quote: send the token's text and nothing else"
        } else {
            return Refusal::malformed(format!(
                "the token's {part} is not base64url ({error}): it was changed or cut"
            ));
        };
        Refusal::malformed(format!(
            "the token's {part} is not base64url without padding: {fix}"
        ))
    })
}
