//! What the sandbox made of a token. Only the sandbox tells: the real widget is not known to.

use js_sys::{Number, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The sandbox's answer to the first request with a new token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SandboxAnswer {
    /// Whether the token was refused.
    pub(crate) refused: bool,
    /// Who the visitor is; or why the token was refused, and how to fix it.
    pub(crate) words: String,
}

impl SandboxAnswer {
    pub(super) fn read(detail: &JsValue) -> Option<Self> {
        let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
        if let Some(code) = member(detail, "error")?.as_string() {
            let message = member(detail, "message")?.as_string().unwrap_or_default();
            return Some(Self {
                refused: true,
                words: format!("{code}: {message}"),
            });
        }
        let requester = member(detail, "requester")?;
        let name = ["email", "id"]
            .into_iter()
            .find_map(|name| member(&requester, name)?.as_string())?;
        let plan = member(&requester, "plan")?
            .as_string()
            .map(|plan| format!(", on plan {plan}"));
        // The browser writes the number: Rust's own way of writing an f64 weighs 14 kB.
        let monthly = member(&requester, "monthly_amount")?
            .dyn_into::<Number>()
            .ok();
        let monthly = monthly.and_then(|cents| cents.to_string_with_radix(10).ok());
        let monthly = monthly.map(|cents| format!(", worth {} cents a month", String::from(cents)));
        let words = format!(
            "You are {name}{}{}.",
            plan.unwrap_or_default(),
            monthly.unwrap_or_default()
        );
        Some(Self {
            refused: false,
            words,
        })
    }
}
