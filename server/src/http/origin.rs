//! Cross-site requests: which page sent this?

use app::{ApiError, ErrorCode};
use axum::http::HeaderMap;

use crate::public_url::PublicUrl;

/// Refuses what a page of another site can have sent, sign-in included: signing a visitor in as
/// somebody else is an attack too.
///
/// No page can forge `Sec-Fetch-Site` or `Origin`, and browsers send one of them with every POST.
/// `Sec-Fetch-Site` compares names alone, so a name that was made to point at this server (DNS
/// rebinding) counts as the same site: that is why `Origin` is compared as well. A request with
/// neither comes from a program, which has no visitor's cookies (OWASP Cross-Site Request Forgery
/// Prevention Cheat Sheet, "Fetch Metadata headers").
///
/// # Errors
/// `cross_site`, with a message that names the page's origin and `PUBLIC_URL`.
pub(crate) fn check(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> Result<(), ApiError> {
    let site = headers.get("sec-fetch-site");
    let site = site.map(|site| site.to_str().unwrap_or_default());
    let is_own = match (headers.contains_key("origin"), public_url) {
        (true, _) => {
            let origin = text(headers, "origin").and_then(PublicUrl::from_origin);
            origin.is_some_and(|origin| is_own(&origin, site, headers, public_url))
        }
        (false, None) if site.is_some() => {
            host(headers, "host", "http").is_some_and(|url| url.is_loopback())
        }
        (false, _) => true,
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
    site: Option<&str>,
    headers: &HeaderMap,
    public_url: Option<&PublicUrl>,
) -> bool {
    match public_url {
        // The port may be one that an editor, `ssh -L` or a container forwards.
        None => {
            origin.is_loopback() && host(headers, "host", origin.scheme()).as_ref() == Some(origin)
        }
        Some(url) if url == origin => true,
        // 127.0.0.1 for localhost, or the other way round.
        Some(url) if url.is_loopback() => site.is_some() && url.is_same_server(origin),
        // A page that calls its own origin at GitHub Codespaces: the gateway writes
        // `http://localhost:<port>` into `Origin`, and the page's host into `X-Forwarded-Host`.
        Some(url) => {
            let forwarded = host(headers, "x-forwarded-host", url.scheme());
            site == Some("same-origin") && origin.is_loopback() && forwarded.as_ref() == Some(url)
        }
    }
}

/// What came, what was expected, and what to do.
fn expectation(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> String {
    let printable = |name| {
        let text = text(headers, name)?.chars();
        let text = text.filter(|char| !char.is_control());
        Some(text.take(100).collect::<String>())
    };
    let host = printable("host").unwrap_or_else(|| "an unknown host".to_owned());
    let origin = printable("origin").unwrap_or_else(|| format!("http://{host}"));
    let expected = match public_url {
        Some(url) => format!("the server expects PUBLIC_URL={url}"),
        None => format!("the server was reached as {host}, and PUBLIC_URL is not set"),
    };
    format!(
        "This page was opened at {origin}, but {expected}. Set PUBLIC_URL to the address in the \
         browser's address bar."
    )
}

/// The address that a browser asked for, by a header such as `Host`.
fn host(headers: &HeaderMap, name: &str, scheme: &str) -> Option<PublicUrl> {
    PublicUrl::from_host(scheme, text(headers, name)?)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
