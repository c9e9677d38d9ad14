//! Every route, and what lies around all of them.

mod api;
mod gate;
mod health;
mod page_policy;
mod request_log;
mod security_headers;
mod server_rendered;
mod static_files;

use std::sync::Arc;

use app::{ErrorCode, backend::Backend};
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse as _,
    routing::{any, get},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{config::PublicUrl, shell::Shell};
use api::Api;
use page_policy::PagePolicy;
use security_headers::SecurityHeaders;
use server_rendered::ServerRendered;

/// The whole of the app's origin.
pub(crate) fn router(backend: Arc<Backend>, public_url: &PublicUrl, shell: Shell) -> Router {
    let headers = SecurityHeaders::new(PagePolicy::new(backend.reqio(), &shell), public_url.is_https());
    let api = Api::new(Arc::clone(&backend), public_url.clone());
    let rendered = ServerRendered::new(Arc::clone(&backend), shell.stylesheet.clone());
    Router::new()
        .route("/api", any(api::unknown))
        .route("/api/", any(api::unknown))
        .route("/api/{*endpoint}", any(api::call).with_state(api))
        .route("/healthz", get(health::check).with_state(backend))
        .route("/server-rendered", get(server_rendered::page).with_state(Arc::new(rendered)))
        .merge(static_files::router(shell))
        .layer(CatchPanicLayer::custom(|_panic| app::ApiError::from(ErrorCode::InternalError).into_response()))
        .layer(from_fn_with_state(Arc::new(headers), security_headers::add))
        .layer(from_fn(request_log::log))
}
