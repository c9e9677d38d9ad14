//! What a token says of itself, read without verifying it: only the receiver can do that, and it
//! has to.

use std::time::Duration;

use js_sys::{JSON, Reflect};
use reqio_identity::{Identity, Token};
use reqio_lifecycle::Fresh;
use wasm_bindgen::JsValue;

/// The claims that matter in a tab, as the browser's own JSON parser reads them.
pub(crate) struct Claims {
    subject: String,
    issued_at: f64,
    expires_at: f64,
}

impl Claims {
    /// `None` if the text is no token, or names no user.
    pub(crate) fn of(token: &Token) -> Option<Self> {
        let payload = token.as_str().split('.').nth(1)?;
        // `atob` knows base64 and no base64url, and gives one character a byte.
        let payload = payload.replace('-', "+").replace('_', "/");
        let bytes = web_sys::window()?.atob(&payload).ok()?;
        let bytes = bytes.chars().map(|byte| u8::try_from(u32::from(byte)).ok());
        let json = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
        let claims = JSON::parse(&json).ok()?;
        let claim = |name: &str| Reflect::get(&claims, &JsValue::from_str(name)).ok();
        Some(Self {
            subject: claim("sub")?.as_string()?,
            issued_at: claim("iat")?.as_f64()?,
            expires_at: claim("exp")?.as_f64()?,
        })
    }

    /// The token as the lifecycle takes it, `lifetime` before its end.
    fn fresh(self, token: Token, lifetime: Duration) -> Fresh<String, Token> {
        Fresh {
            lifetime: lifetime.min(self.whole_life()),
            issued_at: seconds(self.issued_at).as_secs(),
            user: self.subject,
            token,
        }
    }

    /// From its making to its end, both by the clock of whoever made it.
    fn whole_life(&self) -> Duration {
        seconds(self.expires_at - self.issued_at)
    }
}

/// A token that has just arrived. The server says how long it is good for, and the token may say
/// less.
pub(crate) fn arrived(identity: Identity) -> Option<Fresh<String, Token>> {
    let lifetime = identity.lifetime();
    Some(Claims::of(&identity.token)?.fresh(identity.token, lifetime))
}

/// A token that the page came with, `age` after the page was asked for. It was made after that, so
/// at least the rest of its life is left.
pub(crate) fn rendered(token: Token, age: Duration) -> Option<Fresh<String, Token>> {
    let claims = Claims::of(&token)?;
    let left = claims.whole_life().saturating_sub(age);
    Some(claims.fresh(token, left))
}

/// So many seconds, and none for what is no number of them.
fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or_default()
}
