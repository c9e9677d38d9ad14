//! Why a token is refused: a code for programs, and a sentence that says how to fix it.

use strum::{IntoStaticStr, VariantArray};

/// The kinds of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RefusalCode {
    /// Not three base64url parts of well-formed JSON, or a claim of the wrong JSON type.
    Malformed,
    /// The header asks for something other than plain HS256.
    Algorithm,
    /// The signature is not that of the project's signing secret.
    Signature,
    /// The time of `exp` has come.
    Expired,
    /// `iat` or `nbf` lies in the future.
    NotYetValid,
    /// `aud` does not name the project's audience.
    Audience,
    /// `sub` is missing, empty, or no string.
    Subject,
    /// The token lives longer than 300 seconds, or does not say how long.
    Lifetime,
    /// `traits` are not what Reqio documents.
    Traits,
}

impl RefusalCode {
    /// All of them.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The code as it goes over the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A refused token's reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", code.as_str())]
pub struct Refusal {
    /// Which rule it breaks.
    pub code: RefusalCode,
    /// A sentence for the person who has to fix it.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }

    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::new(RefusalCode::Malformed, message)
    }
}

/// A JSON value as it appears in a sentence, cut short.
pub(crate) fn shown(value: impl std::fmt::Display) -> String {
    const LONGEST: usize = 80;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}
