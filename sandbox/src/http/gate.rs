//! Who may talk to the sandbox at all: a page elsewhere must neither read this machine's backlog
//! nor change it.

use std::collections::HashMap;
use std::net::SocketAddr;

use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::{HeaderMap, header, uri::Authority};
use axum::middleware::Next;
use axum::response::Response;

use crate::Sandbox;
use crate::error::ApiError;
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
    let host = host(&request);
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
///
/// The widget's own calls say their origin. A page also gets a request made that does not, by an
/// image with the address of the API: no widget does that.
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
        None if is_own(request.headers()) => Ok(next.run(request).await),
        None => Err(ApiError::CrossSite),
    }
}

/// Knows one project: what names another one, or none that can be read, is not found.
pub(crate) async fn served_project(
    State(sandbox): State<Sandbox>,
    path: Result<Path<HashMap<String, String>>, PathRejection>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let Path(mut path) = path?;
    let asked = path.remove("project").ok_or(ApiError::NotFound)?;
    let served = sandbox.config.project.as_str();
    if asked == served {
        return Ok(next.run(request).await);
    }
    Err(ApiError::UnknownProject {
        asked,
        served: served.to_owned(),
    })
}

/// Takes changes to the team's pages from those pages alone.
pub(crate) async fn same_origin(request: Request, next: Next) -> Result<Response, ApiError> {
    if request.method().is_safe() || is_own(request.headers()) {
        return Ok(next.run(request).await);
    }
    Err(ApiError::CrossSite)
}

/// What proxies and tunnels write into the requests that they hand on.
const FORWARDED: [&str; 6] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
];

/// Lets nobody but this machine script the sandbox: the connection must come from it, and no page
/// of another origin may be behind the request, whatever its name is made to mean.
///
/// The connections of a proxy on this machine say nothing about who is behind them, and not every
/// proxy says that it is one. So nothing that says so is obeyed, and a sandbox that pages from
/// elsewhere may use, for which there is a proxy as a rule, is not scripted at all.
pub(crate) async fn this_machine(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_local = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let is_handed_on = FORWARDED
        .iter()
        .any(|name| request.headers().contains_key(*name));
    if !is_local || is_handed_on || !sandbox.config.allowed_origins.are_loopback() {
        return Err(ApiError::NotThisMachine);
    }
    let host = host(&request);
    if !is_loopback_host(&host) {
        return Err(ApiError::HostNotAllowed(host));
    }
    if !is_own(request.headers()) {
        return Err(ApiError::CrossSite);
    }
    Ok(next.run(request).await)
}

/// Whether a request comes from the sandbox's own pages, or from no page at all. Browsers say so in
/// `Sec-Fetch-Site`, or failing that in `Origin`. What sends neither is no browser.
fn is_own(headers: &HeaderMap) -> bool {
    match text(headers, "sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match headers.get(header::ORIGIN) {
            Some(origin) => origin.to_str().is_ok_and(|origin| {
                origin.split_once("://").map(|(_, host)| host) == text(headers, header::HOST)
            }),
            None => true,
        },
    }
}

/// The host that a request is for, without its port.
fn host(request: &Request) -> String {
    let host = request
        .uri()
        .host()
        .or_else(|| text(request.headers(), header::HOST))
        .unwrap_or_default();
    host.parse::<Authority>()
        .map(|authority| authority.host().to_ascii_lowercase())
        .unwrap_or_default()
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
