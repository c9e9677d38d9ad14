//! Headers on every answer: what a browser may do with it.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::sandbox::Sandbox;

/// The policy of the sandbox's own pages: nothing inline, nothing from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors";

pub(crate) async fn secure(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    // The widget and its API are for the pages of other origins, the rest is for the sandbox's own.
    let path = request.uri().path();
    let is_for_others = path == "/widget.js" || path.starts_with("/api/");
    // A team's pages are framed by those that may use the widget's API, which are trusted already.
    let framed_by = match path.starts_with("/p/") {
        true => sandbox.config.allowed_origins.as_csp_sources(),
        false => "'none'".into(),
    };
    let policy = HeaderValue::from_str(&format!("{CONTENT_SECURITY_POLICY} {framed_by}"))
        .expect("origins are ASCII, as addresses are");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let resource_policy = if is_for_others {
        "cross-origin"
    } else {
        "same-origin"
    };
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", resource_policy),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    // Answers speak of one visitor at one moment; the assets say for themselves how long they keep.
    let no_store = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(no_store);
    response
}
