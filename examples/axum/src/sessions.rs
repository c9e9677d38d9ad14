//! Sessions, in memory: in their place goes what you have.

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};
use tower_sessions::{MemoryStore, Session, SessionManagerLayer, cookie::SameSite};

const USER: &str = "user";

pub(crate) fn in_memory() -> SessionManagerLayer<MemoryStore> {
    SessionManagerLayer::new(MemoryStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(false) // on this machine, without https
}

pub(crate) async fn user(session: &Session) -> Result<Option<String>, StatusCode> {
    session.get(USER).await.map_err(failed)
}

pub(crate) async fn start(session: &Session, user: &str) -> Result<(), StatusCode> {
    session.cycle_id().await.map_err(failed)?;
    session.insert(USER, user).await.map_err(failed)
}

/// Refuses changes that pages of others ask for. For `SameSite`, every port of this machine is the
/// same site.
pub(crate) async fn same_origin(request: Request, next: Next) -> Result<Response, StatusCode> {
    match request.headers().get("sec-fetch-site").map(AsRef::as_ref) {
        Some(b"same-origin") => Ok(next.run(request).await),
        _ if request.method().is_safe() => Ok(next.run(request).await),
        _ => Err(StatusCode::FORBIDDEN),
    }
}

/// The visitor is told no more than that: the details are for the log.
pub(crate) fn failed(error: impl std::fmt::Display) -> StatusCode {
    eprintln!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
