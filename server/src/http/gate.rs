//! Who may call a server function at all. The framework itself checks none of this.

use app::{ApiError, ErrorCode};
use axum::http::{
    HeaderMap, Method, Request,
    header::{CONTENT_TYPE, ORIGIN},
};

use crate::config::PublicUrl;

/// Lets a request pass that is a POST of JSON from the app's own pages, or from no browser at all.
pub(crate) fn check<B>(request: &Request<B>, public_url: &PublicUrl) -> Result<(), ApiError> {
    if request.method() != Method::POST {
        return Err(ErrorCode::MethodNotAllowed.into());
    }
    if !is_same_origin(request.headers(), public_url) {
        return Err(ErrorCode::CrossSite.into());
    }
    if !is_json(request.headers()) {
        return Err(ErrorCode::UnsupportedMediaType.into());
    }
    Ok(())
}

/// Whether no other site can have sent this, sign-in included: signing a visitor in as somebody
/// else is an attack too.
///
/// `Sec-Fetch-Site` comes from the browser itself and no page can forge it, but it knows only
/// names: a site whose name was made to point at this server is the same origin to it. `Origin` has
/// that name. So each that is there must say that the page is ours, and every browser sends one of
/// them with a POST. A request with neither is from a program, which has no visitor's cookies to
/// misuse (OWASP Cross-Site Request Forgery Prevention Cheat Sheet, Fetch Metadata).
fn is_same_origin(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    let site = headers.get("sec-fetch-site");
    let origin = headers.get(ORIGIN).map(|origin| origin.to_str().ok());
    let is_own = |origin: Option<&str>| {
        origin.is_some_and(|origin| {
            // Whoever types 127.0.0.1 for localhost is at the right server, and their browser says
            // that the page is from there.
            public_url.is_origin(origin) || site.is_some() && public_url.is_other_name(origin)
        })
    };
    site.is_none_or(|site| site == "same-origin" || site == "none") && origin.is_none_or(is_own)
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}
