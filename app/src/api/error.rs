//! The one error of every endpoint: a code for programs, a status for HTTP, a sentence for people.

use json_post::PostError;
use leptos::server_fn::{
    Bytes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What an endpoint answers instead of its result: `{"error": "<code>", "message": "<sentence>"}`,
/// and `retry_after` where waiting helps.
///
/// ```
/// use app::{ApiError, ErrorCode};
///
/// let error = ApiError::from(ErrorCode::TooManyAttempts).retry_after(30);
/// assert_eq!(error.code.status_code(), 429);
/// assert_eq!(error.message, "Too many attempts. Please wait a moment and try again.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// What went wrong, for programs.
    #[serde(rename = "error")]
    pub code: ErrorCode,
    /// What went wrong and what to do about it, for people. Never internals.
    pub message: String,
    /// After how many seconds trying again makes sense. The `Retry-After` header says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Which input is meant, where one cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

/// What a person types into a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What they are called.
    Name,
    /// Where they are written to.
    Email,
    /// What only they know.
    Password,
}

/// What went wrong. The names are part of the HTTP contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The body is not what the endpoint takes, or a value in it cannot be used.
    InvalidInput,
    /// The email or the password is wrong.
    InvalidCredentials,
    /// Nobody is signed in.
    Unauthorized,
    /// The request came from another site.
    CrossSite,
    /// There is no such endpoint.
    NotFound,
    /// Endpoints take POST only.
    MethodNotAllowed,
    /// The body took too long to arrive.
    RequestTimeout,
    /// Another user has this email.
    EmailTaken,
    /// The body is too large.
    PayloadTooLarge,
    /// Endpoints take JSON only.
    UnsupportedMediaType,
    /// Too many attempts to sign in or up.
    TooManyAttempts,
    /// The token could not be minted.
    IdentityError,
    /// Something unforeseen failed; the log knows what.
    InternalError,
    /// The server is too busy or cannot reach its database.
    Unavailable,
    /// The browser got no answer. Never sent over the wire.
    Unreachable,
    /// The browser got an answer that is not the one it knows: a proxy's, or that of a newer
    /// server. Never sent over the wire.
    UnexpectedAnswer,
}

impl ErrorCode {
    /// The HTTP status that goes with the code.
    #[must_use]
    pub const fn status_code(self) -> u16 {
        match self {
            Self::InvalidInput => 422,
            Self::InvalidCredentials | Self::Unauthorized => 401,
            Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::EmailTaken => 409,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::TooManyAttempts => 429,
            Self::IdentityError | Self::InternalError => 500,
            Self::Unavailable | Self::Unreachable | Self::UnexpectedAnswer => 503,
        }
    }

    #[cfg(feature = "ssr")]
    fn status(self) -> axum::http::StatusCode {
        let status = axum::http::StatusCode::from_u16(self.status_code());
        status.expect("every code above is a status of HTTP")
    }

    /// The browser needs words of its own for few cases: every other error comes with the server's.
    #[cfg(all(feature = "csr", not(feature = "ssr")))]
    const fn message(self) -> &'static str {
        match self {
            Self::Unreachable => "The server cannot be reached.",
            Self::UnexpectedAnswer => {
                "The server's answer is not what this page expects. Please load the page again."
            }
            _ => "Something went wrong on this page.",
        }
    }

    #[cfg(not(all(feature = "csr", not(feature = "ssr"))))]
    const fn message(self) -> &'static str {
        match self {
            // Two that a page meets where the server is of another version than itself.
            Self::InvalidInput => {
                "The request is not what this endpoint takes. If a page says so, load it again."
            }
            Self::InvalidCredentials => "The email or the password is wrong.",
            Self::Unauthorized => "You are not signed in.",
            Self::CrossSite => "This request came from another site.",
            Self::NotFound => "There is no such endpoint. If a page says so, load it again.",
            Self::MethodNotAllowed => "This endpoint takes POST requests only.",
            Self::RequestTimeout => "The request took too long to arrive.",
            Self::EmailTaken => "Another account has this email.",
            Self::PayloadTooLarge => "The request is too large.",
            Self::UnsupportedMediaType => "This endpoint takes application/json only.",
            Self::TooManyAttempts => "Too many attempts. Please wait a moment and try again.",
            Self::IdentityError => "The identity token could not be made.",
            Self::InternalError => "Something went wrong on our side.",
            Self::Unavailable => "The server is busy. Please try again in a moment.",
            Self::Unreachable => "The server cannot be reached.",
            Self::UnexpectedAnswer => {
                "The server's answer is not what this page expects. Please load the page again."
            }
        }
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self {
            code,
            message: code.message().to_owned(),
            retry_after: None,
            field: None,
        }
    }
}

impl ApiError {
    /// The input that it is about, if it is about one: to say it there.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self.code {
            ErrorCode::EmailTaken => Some(Field::Email),
            ErrorCode::InvalidCredentials => Some(Field::Password),
            _ => self.field,
        }
    }

    /// A value the visitor can correct, and the sentence that says how.
    #[must_use]
    pub fn invalid_input(message: impl ToString) -> Self {
        Self {
            message: message.to_string(),
            ..ErrorCode::InvalidInput.into()
        }
    }

    /// The same error, with the number of seconds after which trying again makes sense.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    /// The framework's own failures. Their text may quote the request or internals, so none of it
    /// is passed on.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let on_the_server = cfg!(feature = "ssr");
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => ErrorCode::InvalidInput,
            ServerFnErrorErr::Deserialization(_) if on_the_server => ErrorCode::InvalidInput,
            ServerFnErrorErr::Request(_) => ErrorCode::Unreachable,
            ServerFnErrorErr::Deserialization(_) => ErrorCode::UnexpectedAnswer,
            _ => ErrorCode::InternalError,
        }
        .into()
    }

    /// Every error that leaves the server passes here, its own and the framework's: the place to
    /// give it its status.
    fn ser(&self) -> Bytes {
        #[cfg(feature = "ssr")]
        set_status(self);
        serialize(self)
    }
}

impl PostError for ApiError {
    fn or_retry_after(self, seconds: u64) -> Self {
        Self {
            retry_after: self.retry_after.or(Some(seconds)),
            ..self
        }
    }
}

fn serialize(error: &ApiError) -> Bytes {
    use leptos::server_fn::Encodes as _;
    JsonEncoding::encode(error).expect("two strings and a number always serialize")
}

/// Gives the response being made the status of `error`: the framework would answer 500 to every
/// one.
#[cfg(feature = "ssr")]
fn set_status(error: &ApiError) {
    use axum::http::{HeaderValue, header::RETRY_AFTER};

    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(error.code.status());
        if let Some(seconds) = error.retry_after {
            response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

/// The same answer outside the server functions.
#[cfg(feature = "ssr")]
impl axum::response::IntoResponse for ApiError {
    fn into_response(self) -> axum::response::Response {
        use axum::http::{
            HeaderValue,
            header::{ALLOW, CONTENT_TYPE, RETRY_AFTER},
        };

        let json = [(CONTENT_TYPE, "application/json")];
        let mut response = (self.code.status(), json, serialize(&self)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code == ErrorCode::MethodNotAllowed {
            headers.insert(ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }
}
