//! What a token says, read without verifying it: only the receiver can do that, and it has to.

use identity::{Cents, Interval, Token};
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

/// The header or the payload of a token, as the browser's own JSON parser reads it.
pub(super) struct Part(JsValue);

impl Part {
    pub(super) fn header(token: &Token) -> Option<Self> {
        Self::read(token, 0)
    }

    pub(super) fn payload(token: &Token) -> Option<Self> {
        Self::read(token, 1)
    }

    fn read(token: &Token, number: usize) -> Option<Self> {
        let part = token
            .as_str()
            .split('.')
            .nth(number)?
            .replace('-', "+")
            .replace('_', "/");
        // `atob` gives one character a byte.
        let bytes: Option<Vec<u8>> = web_sys::window()?
            .atob(&part)
            .ok()?
            .chars()
            .map(|byte| u8::try_from(u32::from(byte)).ok())
            .collect();
        JSON::parse(&String::from_utf8(bytes?).ok()?).ok().map(Self)
    }

    /// The user the token is for.
    pub(super) fn subject(&self) -> Option<String> {
        self.member("sub").0.as_string()
    }

    /// What is charged, and for how long at a time.
    pub(super) fn charge(&self) -> Option<(Cents, Interval)> {
        let traits = self.member("traits");
        #[expect(
            clippy::as_conversions,
            reason = "the conversion saturates, and the page only shows the number"
        )]
        let amount = Cents::try_from(traits.member("amount").0.as_f64()? as u64).ok()?;
        let interval = traits.member("interval").0.as_string()?;
        Some((
            amount,
            if interval == Interval::Year.as_str() {
                Interval::Year
            } else {
                Interval::Month
            },
        ))
    }

    /// All of it, laid out to be read.
    pub(super) fn pretty(&self) -> Option<String> {
        JSON::stringify_with_replacer_and_space(&self.0, &JsValue::NULL, &2.into())
            .ok()?
            .as_string()
    }

    fn member(&self, name: &str) -> Self {
        Self(Reflect::get(&self.0, &name.into()).unwrap_or_default())
    }
}
