//! Headers that every response carries, errors and 304s included.

use app::ReqioProject;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::IntoResponse,
};
use url::Url;

use crate::page::Page;

/// Adds the headers to whatever the routes answered.
pub(crate) async fn add(
    State(headers): State<HeaderMap>,
    request: Request,
    next: Next,
) -> impl IntoResponse {
    (headers, next.run(request).await)
}

/// The headers, the same for every response. With https, browsers do not come without it for a year.
pub(crate) fn headers(reqio: &ReqioProject, page: &Page, is_https: bool) -> HeaderMap {
    let policy = HeaderValue::from_str(&content_security_policy(reqio, page))
        .expect("hashes are base64 and an origin is ASCII, so the policy is a valid header");
    let value = HeaderValue::from_static;
    let name = HeaderName::from_static;
    let mut headers = HeaderMap::from_iter([
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, value("nosniff")),
        (
            header::REFERRER_POLICY,
            value("strict-origin-when-cross-origin"),
        ),
        (name("cross-origin-opener-policy"), value("same-origin")),
        (name("cross-origin-resource-policy"), value("same-origin")),
    ]);
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value("max-age=31536000"));
    }
    headers
}

/// Pages load from and talk to their own origin and Reqio's, and no other.
fn content_security_policy(reqio: &ReqioProject, page: &Page) -> String {
    let origin = Url::parse(&reqio.widget_url).map(|url| url.origin().ascii_serialization());
    let origin = origin.unwrap_or_default();
    let hashes = page.script_hashes.join(" ");
    // The sandbox's backlog, which the page shows.
    let frames = if reqio.sandbox {
        format!("{origin}/p/")
    } else {
        "'none'".to_owned()
    };
    // 'wasm-unsafe-eval' allows WebAssembly to be compiled, and no script to be evaluated.
    format!(
        "default-src 'none'; \
         script-src 'self' 'wasm-unsafe-eval' {hashes} {origin}; \
         style-src 'self'; \
         img-src 'self' data: {origin}; \
         font-src 'self' {origin}; \
         connect-src 'self' {origin}; \
         frame-src {frames}; \
         base-uri 'none'; \
         form-action 'self'; \
         frame-ancestors 'none'"
    )
}
