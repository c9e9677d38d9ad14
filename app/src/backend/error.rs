//! From what failed to what the visitor may know of it.

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{ALLOW, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{ApiError, ErrorCode, Field};

/// Gives the response being made the status of `error`: the framework would answer 500 to every
/// one.
pub(crate) fn set_error_status(error: &ApiError) {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    response.set_status(status(error));
    if let Some(seconds) = error.retry_after {
        response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

fn status(error: &ApiError) -> StatusCode {
    StatusCode::from_u16(error.code.status_code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

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

/// The same answer outside the server functions.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (
            status(&self),
            [(CONTENT_TYPE, "application/json")],
            crate::api::serialize(&self),
        )
            .into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code == ErrorCode::MethodNotAllowed {
            response
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }
}
