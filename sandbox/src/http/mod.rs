//! The sandbox's addresses, and what every request to them passes through.

mod assets;
mod backlog;
mod body;
mod control;
mod events;
mod fault;
mod features;
mod gate;
mod headers;
mod identity;
mod judge;
mod wire;

use axum::Router;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post, put};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::error::ApiError;
use crate::sandbox::Sandbox;

pub(crate) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/healthz", get("ok"))
        .merge(widget(&sandbox))
        .merge(api(&sandbox))
        .merge(team(&sandbox))
        .merge(control(&sandbox))
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn_with_state(sandbox.clone(), headers::secure))
        .layer(from_fn_with_state(sandbox.clone(), gate::known_host))
        .with_state(sandbox)
}

fn widget(sandbox: &Sandbox) -> Router<Sandbox> {
    Router::new()
        .route("/widget.js", get(assets::widget()))
        .layer(from_fn_with_state(sandbox.clone(), fault::in_widget))
        .layer(cors(sandbox))
}

/// What the widget calls from the pages of others.
fn api(sandbox: &Sandbox) -> Router<Sandbox> {
    let vote = post(features::vote).delete(features::vote);
    Router::new()
        .route("/api/widget-config", get(identity::widget_config))
        .route("/api/identity", get(identity::show))
        .route("/api/features", get(features::list).post(features::file))
        .route("/api/features/mine", get(features::mine))
        .route("/api/features/{id}/vote", vote)
        .route("/api/notifications", get(features::told))
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn(body::whole))
        .layer(from_fn_with_state(sandbox.clone(), fault::in_api))
        .layer(from_fn_with_state(sandbox.clone(), judge::judge))
        .layer(from_fn_with_state(sandbox.clone(), gate::allowed_origin))
        .layer(cors(sandbox))
}

/// What the team behind a project sees: pages, and the same as JSON for tests.
fn team(sandbox: &Sandbox) -> Router<Sandbox> {
    let project = Router::new()
        .route("/", get(backlog::show))
        .route("/features/{id}/status", post(backlog::set_status))
        .route("/identity", get(identity::page).post(identity::check))
        .route("/events", get(events::stream))
        .route("/api/v1/requesters", get(backlog::requesters))
        .route("/api/v1/features", get(backlog::features))
        .fallback(|| async { ApiError::NotFound });
    Router::new()
        .nest(&format!("/p/{}", sandbox.config.project), project)
        .route("/p/{project}", any(backlog::other_project))
        .route("/p/{project}/{*rest}", any(backlog::other_project))
        .route("/", get(backlog::redirect))
        .route("/assets/sandbox.css", get(assets::STYLE))
        .route("/assets/live.js", get(assets::LIVE))
        .route("/assets/icon.svg", get(assets::ICON))
        .layer(from_fn(body::whole))
        .layer(from_fn(gate::same_origin))
}

/// What a test on this machine scripts the sandbox with.
fn control(sandbox: &Sandbox) -> Router<Sandbox> {
    Router::new()
        .route("/sandbox/v1/health", get(control::health))
        .route("/sandbox/v1/reset", post(control::reset))
        .route("/sandbox/v1/clock", put(control::clock))
        .route("/sandbox/v1/faults", put(control::faults))
        .route("/sandbox/v1/seed", put(control::seed))
        .route("/sandbox/v1/verdicts", get(control::verdicts))
        .layer(from_fn(body::whole))
        .layer(from_fn_with_state(sandbox.clone(), gate::this_machine))
}

fn cors(sandbox: &Sandbox) -> CorsLayer {
    let allowed = sandbox.config.allowed_origins.clone();
    let is_allowed = move |origin: &HeaderValue, _: &_| {
        origin.to_str().is_ok_and(|origin| allowed.allow(origin))
    };
    let headers = [
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        wire::PROJECT,
        wire::ANONYMOUS_ID,
    ];
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_allowed))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers(headers)
        .max_age(std::time::Duration::from_secs(600))
}
