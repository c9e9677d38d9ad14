//! What can go wrong between a request and an account.

use std::time::Duration;

/// Why an operation on accounts did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No user has this email, or the password is another one. Nobody is told which.
    #[error("the email or the password is wrong")]
    InvalidCredentials,
    /// Another user has this email.
    #[error("the email is taken")]
    EmailTaken,
    /// A rate limit refuses; the next attempt is after so long.
    #[error("too many attempts")]
    TooManyAttempts(Duration),
    /// More passwords are waiting to be hashed than the machine can hash in a reasonable time.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// The database did not answer as it should.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored password hash cannot be read, or a new one cannot be made.
    #[error("password hashing failed: {0}")]
    Hashing(#[from] argon2::password_hash::Error),
    /// Hashing panicked.
    #[error("password hashing was interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
    /// The operating system gave no random bytes.
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}
