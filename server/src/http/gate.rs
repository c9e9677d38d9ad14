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
/// `Sec-Fetch-Site` comes from the browser itself and no page can forge it. Browsers without it
/// send `Origin` with every POST, which must then be ours. A request with neither is from a
/// program, which has no visitor's cookies to misuse (OWASP Cross-Site Request Forgery Prevention
/// Cheat Sheet, Fetch Metadata).
fn is_same_origin(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    headers.get(ORIGIN).is_none_or(|origin| {
        origin
            .to_str()
            .is_ok_and(|origin| public_url.is_origin(origin))
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}
