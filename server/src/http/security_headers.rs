//! Headers that every response carries, errors and 304s included.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::IntoResponse,
};

use super::page_policy::PagePolicy;
use crate::config::Config;

/// What browsers are told of https: for a year after each visit never to try without it, where they
/// do not come without it now. The hosts below this one may be somebody else's: only where asked
/// for.
pub(crate) fn insistence(config: &Config) -> Option<&'static str> {
    match (config.public_url.is_https(), config.hsts_include_subdomains) {
        (false, _) => None,
        (true, false) => Some("max-age=31536000"),
        (true, true) => Some("max-age=31536000; includeSubDomains"),
    }
}

/// The headers, made once.
pub(crate) struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    pub(crate) fn new(policy: PagePolicy, insistence: Option<&'static str>) -> Self {
        let policy = HeaderValue::from_str(&policy.to_string())
            .expect("hashes are base64 and an origin is ASCII, so the policy is a valid header");
        let mut headers = HeaderMap::from_iter([
            (header::CONTENT_SECURITY_POLICY, policy),
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
            (
                header::REFERRER_POLICY,
                HeaderValue::from_static("strict-origin-when-cross-origin"),
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("same-origin"),
            ),
        ]);
        if let Some(value) = insistence.map(HeaderValue::from_static) {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
        Self(headers)
    }
}

/// Adds them to whatever the routes answered.
pub(crate) async fn add(
    State(headers): State<Arc<SecurityHeaders>>,
    request: Request,
    next: Next,
) -> impl IntoResponse {
    (headers.0.clone(), next.run(request).await)
}
