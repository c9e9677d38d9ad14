//! The `aud` claim: the one Reqio project a token is meant for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ProjectId;

/// Everything of an audience but the project id.
const PREFIX: &str = "https://reqio.app/p/";

/// The audience of a token, exactly `https://reqio.app/p/<project id>` (Reqio's documentation; RFC
/// 7519 section 4.1.3).
///
/// It binds a token to one project: stolen from one, it is worth nothing at another. It parses from
/// a project id or from the whole URL and is always written as the URL.
///
/// ```
/// use reqio_identity::Audience;
///
/// let from_id: Audience = "acme".parse().unwrap();
/// let from_url: Audience = "https://reqio.app/p/acme".parse().unwrap();
/// assert_eq!(from_id, from_url);
/// assert_eq!(from_id.to_string(), "https://reqio.app/p/acme");
/// assert!("https://example.com/p/acme".parse::<Audience>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Audience(ProjectId);

/// The text is neither a project id nor the URL of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an audience is a project id or the whole URL `https://reqio.app/p/<project id>`")]
pub struct InvalidAudience;

impl Audience {
    /// The project the audience names.
    #[must_use]
    pub fn project_id(&self) -> &ProjectId {
        &self.0
    }
}

impl From<ProjectId> for Audience {
    fn from(project: ProjectId) -> Self {
        Self(project)
    }
}

impl FromStr for Audience {
    type Err = InvalidAudience;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let project = text.strip_prefix(PREFIX).unwrap_or(text);
        project.parse().map(Self).map_err(|_| InvalidAudience)
    }
}

impl TryFrom<String> for Audience {
    type Error = InvalidAudience;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Audience> for String {
    fn from(audience: Audience) -> Self {
        audience.to_string()
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{PREFIX}{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Audience;

    #[test]
    fn anything_but_a_project_id_or_its_url_is_refused() {
        for text in [
            "",
            "acme ",
            "acme/other",
            "../acme",
            "https://reqio.app/p/",
            "https://reqio.app/p/acme/",
            "https://reqio.app/p/acme?x=1",
            "http://reqio.app/p/acme",
            "https://reqio.app.example.com/p/acme",
            "https://reqio.app/p/https://reqio.app/p/acme",
        ] {
            assert!(text.parse::<Audience>().is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn json_carries_the_whole_url_as_one_string() {
        let audience: Audience = "acme".parse().unwrap();
        assert_eq!(
            serde_json::to_string(&audience).unwrap(),
            r#""https://reqio.app/p/acme""#
        );
    }
}
