//! The public id of a Reqio project.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The id of a Reqio project. It is public: the page carries it in `data-project-id`.
///
/// Letters, digits, `-` and `_`, at most 128 of them: Reqio documents no grammar, and this much is
/// safe in a URL path and in an HTML attribute.
///
/// ```
/// use reqio_identity::ProjectId;
///
/// assert!("acme-2_b".parse::<ProjectId>().is_ok());
/// assert!("acme/other".parse::<ProjectId>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProjectId(String);

/// The text is not a project id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a project id has 1 to 128 letters, digits, `-` or `_`")]
pub struct InvalidProjectId;

impl ProjectId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProjectId {
    type Err = InvalidProjectId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if (1..=128).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidProjectId)
        }
    }
}

impl TryFrom<String> for ProjectId {
    type Error = InvalidProjectId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ProjectId> for String {
    fn from(id: ProjectId) -> Self {
        id.0
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ProjectId;

    #[test]
    fn an_id_is_read_and_written_as_it_is() {
        let longest = "x".repeat(128);
        for text in ["a", "ACME", "7", "acme-2_b", &longest] {
            let id: ProjectId = text.parse().unwrap();
            assert_eq!((id.as_str(), id.to_string().as_str()), (text, text));
            assert_eq!(serde_json::to_value(&id).unwrap(), text);
        }
    }

    #[test]
    fn what_could_break_out_of_a_url_or_an_attribute_is_refused() {
        let too_long = "x".repeat(129);
        for text in ["", " ", "a b", "a/b", "a\"b", "a%2fb", "ä", ".", &too_long] {
            assert!(text.parse::<ProjectId>().is_err(), "{text:?} was accepted");
        }
    }
}
