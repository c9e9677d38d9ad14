//! Headers that every response carries, errors and 304s included.

use app::ReqioProject;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::IntoResponse,
};
use url::Url;

use crate::dist::Page;

/// Adds the headers to whatever the routes answered.
pub(crate) async fn add(
    State(headers): State<HeaderMap>,
    request: Request,
    next: Next,
) -> impl IntoResponse {
    (headers, next.run(request).await)
}

/// The same for every response. With https, browsers do not come without it for a year.
pub(crate) fn headers(reqio: &ReqioProject, page: &Page, is_https: bool) -> HeaderMap {
    let policy = content_security_policy(reqio, page);
    let hsts = is_https.then_some(("strict-transport-security", "max-age=31536000"));
    let headers = [
        ("content-security-policy", policy.as_str()),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    let headers = headers.into_iter().chain(hsts).map(|(name, value)| {
        let value = value.parse();
        let value = value.expect("hashes are base64 and an origin is ASCII");
        (HeaderName::from_static(name), value)
    });
    headers.collect()
}

/// Pages load from and talk to their own origin and Reqio's, and no other.
fn content_security_policy(reqio: &ReqioProject, page: &Page) -> String {
    let origin = Url::parse(&reqio.widget_url).map(|url| url.origin().ascii_serialization());
    let origin = origin.unwrap_or_default();
    let hashes = page.script_hashes.join(" ");
    // The sandbox's backlog, which the page shows.
    let backlog = reqio.sandbox.then(|| format!("{origin}/p/"));
    let frames = backlog.as_deref().unwrap_or("'none'");
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
