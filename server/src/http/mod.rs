//! The router: every route and every layer.

mod api;
mod health;
mod origin;
mod security_headers;
mod server_rendered;
mod source;
mod static_files;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use app::{ApiError, ErrorCode, backend::Backend};
use axum::{
    BoxError, Router,
    error_handling::HandleErrorLayer,
    extract::{FromRef, Request},
    http::HeaderMap,
    middleware::from_fn,
    response::{IntoResponse as _, Response},
    routing::{any, get},
};
use tower::{
    ServiceBuilder,
    timeout::TimeoutLayer,
    util::{MapResponseLayer, option_layer},
};
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};
use tracing::{Span, field, info_span};

use crate::{
    config::Config,
    dist::{Files, Page},
    faults,
    public_url::PublicUrl,
};
use static_files::StaticFiles;

/// How long a request may take, so that nobody waits for ever for a database that does not answer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// What the handlers share.
#[derive(Clone, FromRef)]
struct AppState {
    backend: Arc<Backend>,
    public_url: Option<PublicUrl>,
    page: Arc<Page>,
    files: Arc<StaticFiles>,
    checked: health::Checked,
}

/// The app's origin. The sandbox has one of its own.
pub(crate) fn router(backend: Arc<Backend>, config: &Config, mut files: Files) -> Router {
    let public_url = config.options.public_url.clone();
    let page = Page::new(&mut files);
    let is_https = public_url.as_ref().is_some_and(PublicUrl::is_https);
    let headers = security_headers::headers(backend.reqio(), &page, is_https);
    let faults = backend.reqio().sandbox.then(|| from_fn(faults::inject));
    let state = AppState {
        public_url,
        files: Arc::new(StaticFiles::new(&files, &page)),
        page: Arc::new(page),
        checked: health::Checked::default(),
        backend: Arc::clone(&backend),
    };
    let routes = Router::new()
        .route("/api", any(api::not_found))
        .route("/api/", any(api::not_found))
        .route("/api/{*endpoint}", any(api::call))
        .route("/healthz", get("ok"))
        .route("/readyz", get(health::ready))
        .route("/server-rendered", get(server_rendered::show))
        .route("/source/{*file}", get(source::show))
        .fallback(get(static_files::serve))
        .with_state(state)
        .layer(option_layer(faults));
    layers(routes, backend, headers)
}

/// The layers of every route, from the inside out.
fn layers(routes: Router, backend: Arc<Backend>, headers: HeaderMap) -> Router {
    let panicked = |_| ApiError::from(ErrorCode::InternalError).into_response();
    let timeout = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(timed_out))
        .layer(TimeoutLayer::new(REQUEST_TIMEOUT));
    // Never a query, a header or a body: tokens, passwords and cookies are there.
    let span = move |request: &Request| {
        let client = backend.client_ip(request.extensions(), request.headers());
        let (method, path) = (request.method(), request.uri().path());
        info_span!("request", client = client.map(field::display), %method, path)
    };
    let log = |response: &Response, latency: Duration, _: &Span| {
        tracing::info!(status = response.status().as_u16(), ?latency);
    };
    let trace = TraceLayer::new_for_http()
        .make_span_with(span)
        .on_response(log);
    let add_headers = move |response: Response| (headers.clone(), response).into_response();
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(timeout)
        .layer(MapResponseLayer::new(add_headers))
        .layer(trace.on_request(()).on_failure(()))
}

async fn timed_out(_: BoxError) -> ApiError {
    tracing::error!("no answer within {} seconds", REQUEST_TIMEOUT.as_secs());
    ApiError::from(ErrorCode::Unavailable).retry_after(5)
}
