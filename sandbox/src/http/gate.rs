//! Who may talk to the sandbox: a page elsewhere neither reads its backlog nor changes it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header, uri::Authority};
use axum::middleware::Next;
use axum::response::Response;

use crate::error::ApiError;
use crate::origin::is_loopback_host;
use crate::sandbox::Sandbox;

/// Refuses requests under a name that somebody else's DNS could point at this machine (DNS
/// rebinding). Names without a dot, as containers have, are answered, but not to browsers: on many
/// a network anybody can make such a name mean this machine.
pub(crate) async fn known_host(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let host = host(&request);
    let is_known = is_loopback_host(&host) || sandbox.config.allowed_origins.name_host(&host);
    let is_answered = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        // 0.0.0.0 reaches this machine and is nobody's address.
        Ok(address) => !address.to_canonical().is_unspecified(),
        Err(_) => !host.is_empty() && !host.contains('.') && !is_browser(request.headers()),
    };
    if is_known || is_answered {
        return Ok(next.run(request).await);
    }
    Err(ApiError::HostNotAllowed(host))
}

/// Whether a browser sent it. To a name without dots it may send no `Sec-Fetch-Site` and no
/// `Origin`, but itself and a language. Node's `fetch` sends a mode and a language: always these.
fn is_browser(headers: &HeaderMap) -> bool {
    const ALWAYS: [&str; 4] = [
        "origin",
        "sec-fetch-site",
        "sec-fetch-dest",
        "sec-fetch-user",
    ];
    let is_other = |name, of_node| text(headers, name).is_some_and(|value| value != of_node);
    ALWAYS.iter().any(|name| headers.contains_key(*name))
        || is_other("sec-fetch-mode", "cors")
        || is_other("accept-language", "*")
        || text(headers, "user-agent").is_some_and(|agent| agent.starts_with("Mozilla/"))
}

/// Refuses calls of the widget's API from pages that are not allowed, before anything is done.
/// CORS alone would keep such a page from reading the answer, not from being obeyed.
pub(crate) async fn allowed_origin(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    match request.headers().get(header::ORIGIN) {
        Some(origin) => {
            let origin = String::from_utf8_lossy(origin.as_bytes());
            if !sandbox.config.allowed_origins.allow(&origin) {
                return Err(ApiError::OriginNotAllowed(origin.into()));
            }
        }
        // The widget's calls say their origin. Those of an image with the address do not.
        None if !is_own(request.headers()) => return Err(ApiError::CrossSite),
        None => {}
    }
    Ok(next.run(request).await)
}

/// Takes changes to the team's pages from those pages alone.
pub(crate) async fn same_origin(request: Request, next: Next) -> Result<Response, ApiError> {
    if request.method().is_safe() || is_own(request.headers()) {
        return Ok(next.run(request).await);
    }
    Err(ApiError::CrossSite)
}

/// What proxies and tunnels write into the requests that they hand on.
const FORWARDED: &str =
    "forwarded via x-forwarded-for x-forwarded-host x-forwarded-proto x-real-ip";

/// Lets nobody but this machine script the sandbox: the connection must come from it, and no page
/// of another origin may be behind the request. Who is behind a proxy on this machine, nobody
/// knows, and not every proxy says that it is one: so a sandbox that pages from elsewhere may use,
/// for which there is a proxy as a rule, is not scripted at all.
pub(crate) async fn this_machine(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (headers, host) = (request.headers(), host(&request));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_local = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let is_handed_on = FORWARDED.split(' ').any(|name| headers.contains_key(name));
    if !is_local || is_handed_on || sandbox.config.is_shared() {
        return Err(ApiError::NotThisMachine);
    }
    if !is_loopback_host(&host) {
        return Err(ApiError::HostNotAllowed(host));
    }
    if !is_own(headers) {
        return Err(ApiError::CrossSite);
    }
    Ok(next.run(request).await)
}

/// Whether a request comes from the sandbox's own pages, or from no page at all.
fn is_own(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    headers.get(header::ORIGIN).is_none_or(|origin| {
        let host = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"));
        host.is_some_and(|(_, host)| Some(host) == text(headers, "host"))
    })
}

/// The host that a request is for, without its port.
fn host(request: &Request) -> String {
    let host = request
        .uri()
        .host()
        .or_else(|| text(request.headers(), "host"));
    let authority = host.unwrap_or_default().parse::<Authority>();
    authority.map_or_else(|_| String::new(), |host| host.host().to_ascii_lowercase())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
