//! Headers on every answer: what a browser may do with it.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::AllowedOrigins;

/// The policy of the sandbox's own pages: nothing inline, nothing from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors";

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
        "cross-origin"
    } else {
        "same-origin"
    };
    let headers = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            resource_policy,
        ),
    ];
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    // Answers speak of one visitor at one moment; the assets say for themselves how long they keep.
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
