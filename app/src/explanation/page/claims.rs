//! What a token says, read without verifying it: only the receiver can do that, and it has to.

use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use reqio_identity::{Cents, Interval, Token};
use reqio_leptos::use_reqio;
use wasm_bindgen::JsValue;

/// A token as the page shows it: what it says, not the token itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ReadToken {
    /// Its two ends.
    pub(crate) redacted: String,
    /// Its header, as JSON laid out to be read.
    pub(crate) header: String,
    /// Its claims, likewise.
    pub(crate) claims: String,
    /// What they say is charged, and for how long at a time.
    pub(crate) charge: Option<(Cents, Interval)>,
}

/// The token that the widget was given, read.
pub(crate) fn use_read_token() -> Memo<Option<ReadToken>> {
    let held = use_reqio().token();
    Memo::new(move |_| held.with(|held| ReadToken::read(&held.as_ref()?.token)))
}

impl ReadToken {
    fn read(token: &Token) -> Option<Self> {
        let (header, payload) = (Part::read(token, 0)?, Part::read(token, 1)?);
        Some(Self {
            redacted: redacted(token),
            header: header.pretty()?,
            claims: payload.pretty()?,
            charge: payload.charge(),
        })
    }
}

/// The two ends of a token: enough to tell one from another, and to nobody else of any use.
pub(super) fn redacted(token: &Token) -> String {
    let text = token.as_str();
    let end = text.len().saturating_sub(4);
    let (start, end) = (text.get(..8), text.get(end..));
    format!("{}…{}", start.unwrap_or_default(), end.unwrap_or_default())
}

/// The header or the payload of a token, as the browser's own JSON parser reads it.
struct Part(JsValue);

impl Part {
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

    /// What is charged, and for how long at a time.
    fn charge(&self) -> Option<(Cents, Interval)> {
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
    fn pretty(&self) -> Option<String> {
        JSON::stringify_with_replacer_and_space(&self.0, &JsValue::NULL, &2.into())
            .ok()?
            .as_string()
    }

    fn member(&self, name: &str) -> Self {
        Self(Reflect::get(&self.0, &name.into()).unwrap_or_default())
    }
}
