//! What goes wrong, as a status, a code for programs and a sentence for people.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::TryAcquireError;

use super::wire;
use crate::store::FeatureError;
use crate::token::Refusal;

/// An answer other than the one asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("{}", .0.message)]
    Refused(#[from] Refusal),
    #[error(
        "this sandbox serves the project \"{served}\", not {asked:?}: set data-project-id to it, or start with --project"
    )]
    UnknownProject { asked: String, served: String },
    #[error("there is nothing at this address")]
    NotFound,
    #[error("this address does not answer this method")]
    MethodNotAllowed,
    #[error("pages on {0:?} may not call this sandbox; allow them with --allow-origin")]
    OriginNotAllowed(String),
    #[error("this is taken only from the sandbox's own pages")]
    CrossSite,
    #[error(
        "the sandbox answers under an IP address, localhost, a name without dots or that of an allowed origin, not {0:?}"
    )]
    HostNotAllowed(String),
    #[error(
        "an anonymous visitor needs the header {}: 1 to 64 letters, digits, \"-\" or \"_\"",
        wire::ANONYMOUS_ID
    )]
    AnonymousId,
    #[error(
        "only this machine may script the sandbox, without a proxy between, and only where all allowed origins are this machine's"
    )]
    NotThisMachine,
    #[error("{0}")]
    InvalidInput(String),
    #[error("the body is not the JSON expected here")]
    InvalidJson,
    #[error("the body is over {} bytes", wire::LARGEST_BODY)]
    TooLarge,
    #[error("the body must be JSON, with the content type application/json")]
    UnsupportedMediaType,
    #[error("the backlog is full; restart the sandbox, or start it with another --db file")]
    BacklogFull,
    #[error("too many pages follow this backlog live, or tests wait; close one")]
    TooManyStreams,
    #[error("whoever files something stands behind it; that voice cannot be taken back")]
    OwnFeature,
    #[error("a fault that was asked for")]
    Fault,
    #[error("the sandbox failed; its log says why")]
    Internal(#[from] sqlx::Error),
}

impl ApiError {
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Refused(refusal) => (StatusCode::UNAUTHORIZED, refusal.code.as_str()),
            Self::UnknownProject { .. } => (StatusCode::NOT_FOUND, "unknown_project"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::OriginNotAllowed(_) => (StatusCode::FORBIDDEN, "origin_not_allowed"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "cross_site"),
            Self::NotThisMachine => (StatusCode::FORBIDDEN, "not_this_machine"),
            Self::HostNotAllowed(_) => (StatusCode::MISDIRECTED_REQUEST, "host_not_allowed"),
            Self::AnonymousId => (StatusCode::BAD_REQUEST, "anonymous_id"),
            Self::InvalidInput(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid_input"),
            Self::InvalidJson => (StatusCode::BAD_REQUEST, "invalid_json"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
            }
            Self::BacklogFull => (StatusCode::CONFLICT, "backlog_full"),
            Self::OwnFeature => (StatusCode::CONFLICT, "own_feature"),
            Self::TooManyStreams => (StatusCode::SERVICE_UNAVAILABLE, "too_many_streams"),
            Self::Fault => (StatusCode::SERVICE_UNAVAILABLE, "fault"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::Internal(error) = &self {
            tracing::error!(%error, "a request failed");
        }
        let (status, code) = self.status_and_code();
        let body = Json(json!({ "error": code, "message": self.to_string() }));
        let mut response = (status, body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110 section 15.5.2 asks for a challenge, RFC 6750 section 3.1 names this error.
            let challenge = header::HeaderValue::from_static("Bearer error=\"invalid_token\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl From<FeatureError> for ApiError {
    fn from(error: FeatureError) -> Self {
        match error {
            FeatureError::Full => Self::BacklogFull,
            FeatureError::NoFeature => Self::NotFound,
            FeatureError::OwnFeature => Self::OwnFeature,
            FeatureError::NoVisitor => Self::AnonymousId,
            FeatureError::Database(error) => Self::Internal(error),
        }
    }
}

impl From<TryAcquireError> for ApiError {
    fn from(_: TryAcquireError) -> Self {
        Self::TooManyStreams
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
