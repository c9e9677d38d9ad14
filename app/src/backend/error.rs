//! From what failed to what the visitor may know of it.

use crate::{ApiError, ErrorCode, Field};

impl From<accounts::Error> for ApiError {
    fn from(error: accounts::Error) -> Self {
        match error {
            accounts::Error::InvalidCredentials => ErrorCode::InvalidCredentials.into(),
            accounts::Error::EmailTaken => ErrorCode::EmailTaken.into(),
            accounts::Error::TooManyAttempts(wait) => {
                // Rounded up: who comes back then is not refused again.
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                Self::from(ErrorCode::TooManyAttempts).retry_after(seconds)
            }
            accounts::Error::Busy => Self::from(ErrorCode::Unavailable).retry_after(5),
            accounts::Error::Database(_) => {
                tracing::error!(%error, "accounts are unavailable");
                Self::from(ErrorCode::Unavailable).retry_after(5)
            }
            accounts::Error::Hashing(_)
            | accounts::Error::Interrupted(_)
            | accounts::Error::Random(_) => {
                tracing::error!(%error, "accounts failed");
                ErrorCode::InternalError.into()
            }
        }
    }
}

impl From<accounts::InvalidCredential> for ApiError {
    fn from(invalid: accounts::InvalidCredential) -> Self {
        let field = match invalid {
            accounts::InvalidCredential::Email => Field::Email,
            accounts::InvalidCredential::Name => Field::Name,
            accounts::InvalidCredential::Password => Field::Password,
        };
        Self {
            field: Some(field),
            ..Self::invalid_input(invalid)
        }
    }
}

impl From<reqio_identity::MintError> for ApiError {
    fn from(error: reqio_identity::MintError) -> Self {
        tracing::error!(%error, "no identity token was minted");
        ErrorCode::IdentityError.into()
    }
}
