//! What visitors file, which Reqio's API calls features: its kind, its text, and how far the team
//! is.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// The longest title taken, in characters. The sandbox's own choice.
const LONGEST_TITLE: usize = 140;

/// The longest details taken, in characters. The sandbox's own choice.
const LONGEST_DETAILS: usize = 4_000;

/// How many features are kept; a further one is refused, since dropping one would drop the voices
/// behind it.
pub(crate) const FEATURES_KEPT: usize = 500;

/// What a visitor files. Requests and questions are public; errors and feedback only the team sees.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, strum::Display)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    #[default]
    Request,
    Error,
    Feedback,
    Question,
}

impl Kind {
    pub(crate) fn is_public(self) -> bool {
        matches!(self, Self::Request | Self::Question)
    }
}

/// How far the team is. The two last ones are Reqio's two ways of being completed.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Status {
    #[default]
    NeedsAction,
    InProgress,
    Shipped,
    NextUpdate,
}

impl Status {
    pub(crate) const ALL: &[Self] = Self::VARIANTS;

    /// The status as it goes over the wire.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    /// The status in Reqio's words.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::NeedsAction => "Needs action",
            Self::InProgress => "In progress",
            Self::Shipped => "Completed: Shipped",
            Self::NextUpdate => "Completed: Coming in the next update",
        }
    }
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
        let [title, details] = [title, details].map(|text| text.trim().to_owned());
        let texts = [
            ("title", &title, LONGEST_TITLE),
            ("details", &details, LONGEST_DETAILS),
        ];
        for (name, text, longest) in texts {
            if text.chars().count() > longest {
                return Err(format!("{name} is longer than {longest} characters"));
            }
        }
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
