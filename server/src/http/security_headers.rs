//! Headers that every response carries, errors and 304s included.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::page_policy::PagePolicy;

/// The headers, made once.
pub(crate) struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    /// `https`: whether browsers reach the server over https and shall never again try without.
    pub(crate) fn new(policy: PagePolicy, https: bool) -> Self {
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
        if https {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000"),
            );
        }
        Self(headers)
    }
}

/// Adds them to whatever the routes answered.
pub(crate) async fn add(
    State(headers): State<Arc<SecurityHeaders>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in &headers.0 {
        response.headers_mut().insert(name, value.clone());
    }
    response
}
