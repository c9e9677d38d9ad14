//! Cross-site requests: which page sent this?

use app::{ApiError, ErrorCode};
use axum::http::{
    HeaderMap, HeaderName,
    header::{AsHeaderName, HOST, ORIGIN},
};

use crate::public_url::PublicUrl;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Refuses what a page of another site can have sent, sign-in included: signing a visitor in as
/// somebody else is an attack too.
///
/// No page can forge `Sec-Fetch-Site` or `Origin`, and browsers send at least one of them with every
/// POST. `Sec-Fetch-Site` compares names alone, so a name that was made to point at this server (DNS
/// rebinding) counts as the same site: that is why `Origin` is compared as well. A request with
/// neither comes from a program, which has no visitor's cookies (OWASP Cross-Site Request Forgery
/// Prevention Cheat Sheet, "Fetch Metadata headers").
///
/// # Errors
/// `cross_site`, with a message that names the page's origin and `PUBLIC_URL`.
pub(crate) fn check(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> Result<(), ApiError> {
    let site = headers
        .get(SEC_FETCH_SITE)
        .map(|site| site.to_str().unwrap_or_default());
    let is_own = match (headers.get(ORIGIN), public_url) {
        (Some(origin), _) => {
            let origin = origin.to_str().ok().and_then(PublicUrl::from_origin);
            origin.is_some_and(|origin| is_own(&origin, headers, public_url, site))
        }
        (None, None) if site.is_some() => {
            let host = text(headers, HOST).and_then(PublicUrl::from_host);
            host.is_some_and(|url| url.is_loopback())
        }
        (None, _) => true,
    };
    if is_own && matches!(site, None | Some("same-origin" | "none")) {
        return Ok(());
    }
    let mut refusal = ApiError::from(ErrorCode::CrossSite);
    if !is_own {
        refusal.message = expectation(headers, public_url);
    }
    tracing::warn!("refused as cross-site: {}", refusal.message);
    Err(refusal)
}

/// Whether a page of this origin is the server's own.
fn is_own(
    origin: &PublicUrl,
    headers: &HeaderMap,
    public_url: Option<&PublicUrl>,
    site: Option<&str>,
) -> bool {
    let host = text(headers, HOST).and_then(|host| origin.at_host(host));
    match public_url {
        // The port may be one that an editor, `ssh -L` or a container forwards.
        None => origin.is_loopback() && host.as_ref() == Some(origin),
        Some(public_url) if public_url == origin => true,
        // 127.0.0.1 for localhost, or the other way round.
        Some(public_url) if public_url.is_loopback() => {
            site.is_some() && public_url.is_same_server(origin)
        }
        // GitHub Codespaces has its own way: where a page asks its own origin, the gateway writes
        // `http://localhost:<port>` into `Origin`, and says the page's host in `X-Forwarded-Host`.
        Some(public_url) => {
            let forwarded = text(headers, X_FORWARDED_HOST);
            site == Some("same-origin")
                && origin.is_loopback()
                && forwarded.and_then(|host| public_url.at_host(host)).as_ref() == Some(public_url)
        }
    }
}

/// What came, what was expected, and what to do.
fn expectation(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> String {
    let host = printable(text(headers, HOST).unwrap_or("an unknown host"));
    let origin = text(headers, ORIGIN).map_or_else(|| format!("http://{host}"), printable);
    let expected = match public_url {
        Some(url) => format!("the server expects PUBLIC_URL={url}"),
        None => format!("the server was reached as {host}, and PUBLIC_URL is not set"),
    };
    format!(
        "This page was opened at {origin}, but {expected}. Set PUBLIC_URL to the address in the \
         browser's address bar."
    )
}

fn text(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// What a client wrote, fit for a message and a line of the log.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_control())
        .take(100)
        .collect()
}
