//! What is wrong with a variable, in one line.

use reqio_identity::ConfigurationError;

/// A variable that cannot be used: its name, what is wrong with it, and a value that would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {what}; for example: {variable}={example}")]
pub struct Problem {
    variable: &'static str,
    what: String,
    example: &'static str,
}

impl Problem {
    pub(crate) fn new(
        variable: &'static str,
        what: impl Into<String>,
        example: &'static str,
    ) -> Self {
        Self {
            variable,
            what: what.into(),
            example,
        }
    }
}

impl From<ConfigurationError> for Problem {
    fn from(error: ConfigurationError) -> Self {
        Self::new(error.variable, error.problem, error.example)
    }
}
