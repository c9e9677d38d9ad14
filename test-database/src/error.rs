//! Why there is no PostgreSQL to test with.

use std::io;

/// Why there is no PostgreSQL to test with.
#[derive(Debug, thiserror::Error)]
pub enum NoPostgres {
    /// It is not installed.
    #[error(
        "PostgreSQL is not installed: `apt-get install postgresql`, or whatever brings `initdb` \
         here"
    )]
    NotInstalled,
    /// A program of it did not do its work.
    #[error("{program}: {reason}")]
    Failed {
        /// Which.
        program: String,
        /// What it said.
        reason: String,
    },
    /// It did not come up, or not go down.
    #[error("PostgreSQL did not {0} within a minute")]
    TooSlow(&'static str),
    /// The system refused something.
    #[error(transparent)]
    System(#[from] io::Error),
}
