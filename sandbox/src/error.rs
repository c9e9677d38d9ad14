//! What goes wrong, as a status, a code for programs and a sentence for people.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::token::Refusal;

/// What most addresses answer.
pub(crate) type Answer = Result<Json<Value>, ApiError>;

/// An answer other than the one asked for. Its code is the name of the variant, but for a refused
/// token, which has a code of its own.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum ApiError {
    #[error("{}", .0.message)]
    Refused(#[from] Refusal),
    #[error("this sandbox serves \"{served}\", not {asked:?}: set data-project-id, or --project")]
    UnknownProject { asked: String, served: String },
    #[error("there is nothing at this address")]
    NotFound,
    #[error("this address does not answer this method")]
    MethodNotAllowed,
    #[error("pages on {0:?} may not call this sandbox; allow them with --allow-origin")]
    OriginNotAllowed(String),
    #[error("this is taken only from the sandbox's own pages")]
    CrossSite,
    #[error("the sandbox answers under an IP address, localhost or an allowed host, not {0:?}")]
    HostNotAllowed(String),
    #[error("X-Reqio-Anonymous-Id must be there, with 1 to 64 letters, digits, \"-\" or \"_\"")]
    AnonymousId,
    #[error("only this machine may, without a proxy, where all allowed origins are this machine's")]
    NotThisMachine,
    #[error("{0}")]
    InvalidInput(String),
    #[error("the body is not the JSON expected here")]
    InvalidJson,
    #[error("the body took too long to arrive")]
    RequestTimeout,
    #[error("the body is over 32 KiB")]
    TooLarge,
    #[error("the body must be JSON, with the content type application/json")]
    UnsupportedMediaType,
    #[error("the backlog is full; restart the sandbox, or reset it")]
    BacklogFull,
    #[error("too many pages follow this backlog live, or tests wait; close one")]
    TooManyStreams(#[from] tokio::sync::TryAcquireError),
    #[error("whoever files something stands behind it; that voice cannot be taken back")]
    OwnFeature,
    #[error("a fault that was asked for")]
    Fault,
    #[error("the page could not be made: {0}")]
    Page(#[from] askama::Error),
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::AnonymousId | Self::InvalidJson => StatusCode::BAD_REQUEST,
            Self::Refused(_) => StatusCode::UNAUTHORIZED,
            Self::OriginNotAllowed(_) | Self::CrossSite | Self::NotThisMachine => {
                StatusCode::FORBIDDEN
            }
            Self::UnknownProject { .. } | Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BacklogFull | Self::OwnFeature => StatusCode::CONFLICT,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::HostNotAllowed(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::InvalidInput(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Page(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooManyStreams(_) | Self::Fault => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let code = match &self {
            Self::Refused(refusal) => refusal.code.as_str(),
            other => other.into(),
        };
        let body = Json(json!({ "error": code, "message": self.to_string() }));
        let mut response = (self.status(), body).into_response();
        if matches!(self, Self::Refused(_)) {
            // RFC 9110 section 15.5.2 asks for a challenge, RFC 6750 section 3.1 names this error.
            let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::InvalidInput(rejection.body_text())
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            _ => Self::InvalidJson,
        }
    }
}
