//! Why a task ended early, in the words its last line shows.

use std::fmt;
use std::process::{ExitCode, ExitStatus};

/// Why a task ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A command ended with a status other than success.
    Command { line: String, status: ExitStatus },
    /// A command could not be started at all.
    NotStarted {
        line: String,
        reason: std::io::Error,
    },
    /// Ctrl-C or a termination signal.
    Interrupted,
    /// The command line was not understood.
    Usage(&'static str),
    /// Anything else, as a sentence.
    Other(String),
}

impl Failure {
    /// What the shell sees: 130 after Ctrl-C by its own convention, 2 for a wrong command line,
    /// else 1.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Interrupted => ExitCode::from(130),
            Self::Usage(_) => ExitCode::from(2),
            Self::Command { .. } | Self::NotStarted { .. } | Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command { line, status } => write!(formatter, "$ {line} ended with {status}"),
            Self::NotStarted { line, reason } => {
                write!(formatter, "$ {line} could not start: {reason}")
            }
            Self::Interrupted => write!(formatter, "interrupted"),
            Self::Usage(usage) => write!(formatter, "no such command\n\n{usage}"),
            Self::Other(sentence) => write!(formatter, "{sentence}"),
        }
    }
}
