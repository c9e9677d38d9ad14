//! Headers that every response carries, errors and 304s included.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::page_policy::PagePolicy;
use crate::config::Config;

/// For a year after each visit, where browsers shall never again try without https.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Insistence {
    /// Nowhere: they come without it now.
    None,
    /// At this very host.
    Host,
    /// At the hosts below it too, which may be somebody else's: only where asked for.
    Subdomains,
}

impl Insistence {
    pub(crate) fn new(config: &Config) -> Self {
        match (config.public_url.is_https(), config.hsts_include_subdomains) {
            (false, _) => Self::None,
            (true, false) => Self::Host,
            (true, true) => Self::Subdomains,
        }
    }
}

/// The headers, made once.
pub(crate) struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    /// `insistence`: for how much of the domain browsers shall insist on https from now on.
    pub(crate) fn new(policy: PagePolicy, insistence: Insistence) -> Self {
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
        let transport = match insistence {
            Insistence::None => None,
            Insistence::Host => Some("max-age=31536000"),
            Insistence::Subdomains => Some("max-age=31536000; includeSubDomains"),
        };
        if let Some(value) = transport.map(HeaderValue::from_static) {
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
) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in &headers.0 {
        response.headers_mut().insert(name, value.clone());
    }
    response
}
