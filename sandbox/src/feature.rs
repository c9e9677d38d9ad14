//! What visitors file, which Reqio's API calls features: its kind, its text, and how far the team
//! is.

use serde::{Deserialize, Serialize};
use strum::{EnumMessage, IntoStaticStr, VariantArray};

/// The longest title taken, in characters. The sandbox's own choice.
const LONGEST_TITLE: usize = 140;

/// The longest details taken, in characters. The sandbox's own choice.
const LONGEST_DETAILS: usize = 4_000;

/// What a visitor files. Requests and questions are public; errors and feedback only the team sees.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, strum::Display,
)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
pub(crate) enum Kind {
    #[default]
    Request,
    Error,
    Feedback,
    Question,
}

/// How far the team is. The two last ones are Reqio's two ways of being completed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    Serialize,
    Deserialize,
    sqlx::Type,
    EnumMessage,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Status {
    #[default]
    #[strum(message = "Needs action")]
    NeedsAction,
    #[strum(message = "In progress")]
    InProgress,
    #[strum(message = "Completed: Shipped")]
    Shipped,
    #[strum(message = "Completed: Coming in the next update")]
    NextUpdate,
}

/// A feature about to be filed.
#[derive(Debug, Clone)]
pub(crate) struct NewFeature {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) details: String,
}

impl NewFeature {
    /// Takes a title and details that are short enough; without a title nothing is filed.
    pub(crate) fn new(kind: Kind, title: &str, details: &str) -> Result<Self, String> {
        let title = bounded("title", title, LONGEST_TITLE)?;
        let details = bounded("details", details, LONGEST_DETAILS)?;
        if title.is_empty() {
            return Err("a title is needed".into());
        }
        Ok(Self {
            kind,
            title,
            details,
        })
    }
}

fn bounded(name: &str, text: &str, longest: usize) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > longest {
        return Err(format!("{name} is longer than {longest} characters"));
    }
    Ok(text.to_owned())
}

impl Kind {
    pub(crate) fn is_public(self) -> bool {
        matches!(self, Self::Request | Self::Question)
    }
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    pub(crate) fn label(self) -> &'static str {
        self.get_message().unwrap_or_default()
    }
}
