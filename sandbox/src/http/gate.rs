//! Who may talk to the sandbox at all: a page elsewhere must neither read this machine's backlog
//! nor change it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header, uri::Authority};
use axum::middleware::Next;
use axum::response::Response;

use super::error::ApiError;
use crate::Sandbox;
use crate::origin::is_loopback_host;

/// Refuses requests under a name that somebody else's DNS could point at this machine (DNS
/// rebinding).
///
/// The sandbox's own choice: IP addresses, `localhost`, names without a dot, as containers have,
/// and the hosts of the origins that are allowed by name are answered.
pub(crate) async fn known_host(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let host = request
        .uri()
        .host()
        .or_else(|| text(request.headers(), header::HOST))
        .unwrap_or_default();
    let host = host
        .parse::<Authority>()
        .map(|authority| authority.host().to_ascii_lowercase())
        .unwrap_or_default();
    let is_ip = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<std::net::IpAddr>()
        .is_ok();
    let is_plain = !host.is_empty() && !host.contains('.');
    if is_ip
        || is_plain
        || is_loopback_host(&host)
        || sandbox.config.allowed_origins.name_host(&host)
    {
        return Ok(next.run(request).await);
    }
    Err(ApiError::HostNotAllowed(host))
}

/// Refuses calls of the widget's API from pages that are not allowed, before anything is done.
/// CORS alone would keep such a page from reading the answer, not from being obeyed.
pub(crate) async fn allowed_origin(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    match request.headers().get(header::ORIGIN) {
        Some(origin) => match origin.to_str() {
            Ok(origin) if sandbox.config.allowed_origins.allow(origin) => {
                Ok(next.run(request).await)
            }
            _ => Err(ApiError::OriginNotAllowed(
                String::from_utf8_lossy(origin.as_bytes()).into_owned(),
            )),
        },
        None => Ok(next.run(request).await),
    }
}

/// Takes changes to the team's pages from those pages alone: browsers say where a request comes
/// from in `Sec-Fetch-Site`, or failing that in `Origin`. What sends neither is no browser.
pub(crate) async fn same_origin(request: Request, next: Next) -> Result<Response, ApiError> {
    let headers = request.headers();
    let own = match text(headers, "sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match text(headers, header::ORIGIN) {
            Some(origin) => {
                origin.split_once("://").map(|(_, host)| host) == text(headers, header::HOST)
            }
            None => true,
        },
    };
    if request.method().is_safe() || own {
        return Ok(next.run(request).await);
    }
    Err(ApiError::CrossSite)
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
