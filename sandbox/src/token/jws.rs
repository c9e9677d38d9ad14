//! A token taken apart: the compact serialization of RFC 7515 section 7.1.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::refusal::Refusal;

/// The longest token read, in bytes: what common servers take in one header. The sandbox's own
/// choice.
const LONGEST_TOKEN: usize = 8_192;

/// A signed text taken apart, whatever it says. Nothing here is verified.
pub(super) struct Jws<'a> {
    pub(super) header: Vec<u8>,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
    /// The text that the signature is over: the first two parts as sent, with the dot between them.
    pub(super) signed: &'a str,
}

impl<'a> Jws<'a> {
    pub(super) fn read(token: &'a str) -> Result<Self, Refusal> {
        if token.len() > LONGEST_TOKEN {
            let length = token.len();
            return Err(Refusal::malformed(format!(
                "the token has {length} bytes; the sandbox reads up to {LONGEST_TOKEN}"
            )));
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts[..] else {
            return Err(Refusal::malformed(not_a_token(token, parts.len())));
        };
        Ok(Self {
            header: decode("header", header)?,
            payload: decode("payload", payload)?,
            signature: decode("signature", signature)?,
            signed: &token[..header.len() + 1 + payload.len()],
        })
    }
}

/// A sentence for a text that is no token at all.
fn not_a_token(token: &str, parts: usize) -> String {
    match token {
        _ if parts == 5 => {
            "the token has five parts, so it is encrypted (JWE); Reqio's tokens are \
                            signed: use JWS with HS256"
                .into()
        }
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
