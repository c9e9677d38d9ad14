//! Headers on every answer: what a browser may do with it.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::AllowedOrigins;

/// The policy of the sandbox's own pages: nothing inline, nothing from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors";

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");

/// The policy as it is sent, by who may frame what it is sent with.
#[derive(Clone)]
pub(crate) struct Policies {
    /// A team's pages: the pages that may use the widget's API, which are trusted already.
    team: HeaderValue,
    /// Nobody.
    others: HeaderValue,
}

impl Policies {
    pub(crate) fn new(allowed: &AllowedOrigins) -> Self {
        let policy = |ancestors: &str| {
            HeaderValue::from_str(&format!("{CONTENT_SECURITY_POLICY} {ancestors}"))
                .expect("origins are ASCII, as addresses are")
        };
        Self {
            team: policy(&allowed.as_csp_sources()),
            others: policy("'none'"),
        }
    }
}

pub(crate) async fn secure(
    State(policies): State<Policies>,
    request: Request,
    next: Next,
) -> Response {
    // The widget and its API are for the pages of other origins, the rest is for the sandbox's own.
    let path = request.uri().path();
    let for_others = path == "/widget.js" || path.starts_with("/api/");
    let policy = if path.starts_with("/p/") {
        policies.team
    } else {
        policies.others
    };
    let mut response = next.run(request).await;
    let resource_policy = if for_others {
        HeaderValue::from_static("cross-origin")
    } else {
        SAME_ORIGIN
    };
    let headers = response.headers_mut();
    headers.extend([
        (header::X_CONTENT_TYPE_OPTIONS, NOSNIFF),
        (header::REFERRER_POLICY, SAME_ORIGIN),
        (OPENER_POLICY, SAME_ORIGIN),
        (RESOURCE_POLICY, resource_policy),
        (header::CONTENT_SECURITY_POLICY, policy),
    ]);
    // Answers speak of one visitor at one moment; the assets say for themselves how long they keep.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
