//! What can go wrong between a request and an account.

use std::{sync::Arc, time::Duration};

/// Why an operation on accounts did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No user has this email, or the password is another one: which of the two is nobody's
    /// business.
    #[error("the email or the password is wrong")]
    InvalidCredentials,
    /// Another user has this email already.
    #[error("the email is taken")]
    EmailTaken,
    /// The user is a demo customer, whose password belongs to everybody.
    #[error("the password is shared")]
    SharedPassword,
    /// A client, a network or an account has used up its attempts; the next one is after so long.
    #[error("too many attempts")]
    TooManyAttempts(Duration),
    /// More passwords are waiting to be hashed than the machine can hash in a reasonable time.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// The database did not answer as it should.
    #[error("the database failed: {0}")]
    Database(#[from] Arc<sqlx::Error>),
    /// A stored password hash could not be read, or a new one not be made.
    #[error("password hashing failed: {0}")]
    Hashing(#[from] argon2::password_hash::Error),
    /// Hashing ended without an answer; the log says why.
    #[error("password hashing was interrupted")]
    Interrupted,
    /// The threads that hash could not be started.
    #[error("no thread for password hashing: {0}")]
    Thread(#[from] std::io::Error),
    /// The operating system gave no random bytes.
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}
