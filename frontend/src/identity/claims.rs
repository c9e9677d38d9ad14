//! What a token says, read without verifying it: only the receiver can do that, and it has to.

use identity::Token;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

/// The payload of a token, as the browser's own JSON parser reads it.
pub(super) struct Payload(JsValue);

impl Payload {
    pub(super) fn of(token: &Token) -> Option<Self> {
        let payload = token.as_str().split('.').nth(1)?.replace('-', "+").replace('_', "/");
        // `atob` gives one character a byte.
        let bytes: Option<Vec<u8>> =
            web_sys::window()?.atob(&payload).ok()?.chars().map(|byte| u8::try_from(u32::from(byte)).ok()).collect();
        JSON::parse(&String::from_utf8(bytes?).ok()?).ok().map(Self)
    }

    /// The user the token is for.
    pub(super) fn subject(&self) -> Option<String> {
        Reflect::get(&self.0, &"sub".into()).ok()?.as_string()
    }

    /// All claims, laid out to be read.
    pub(super) fn pretty(&self) -> Option<String> {
        JSON::stringify_with_replacer_and_space(&self.0, &JsValue::NULL, &2.into()).ok()?.as_string()
    }
}
