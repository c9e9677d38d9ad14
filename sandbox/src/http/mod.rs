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
mod team;
pub(crate) mod wire;

use axum::http::{HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::Value;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::Sandbox;
use crate::error::ApiError;
use headers::Policies;

/// What most addresses answer.
type Answer = Result<Json<Value>, ApiError>;

pub(crate) fn router(sandbox: Sandbox) -> Router {
    let policies = Policies::new(&sandbox.config.allowed_origins);
    Router::new()
        .route("/healthz", get("ok"))
        .merge(widget(&sandbox))
        .merge(api(&sandbox))
        .merge(team(&sandbox))
        .merge(control(&sandbox))
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn_with_state(policies, headers::secure))
        .layer(from_fn_with_state(sandbox.clone(), gate::known_host))
        .with_state(sandbox)
}

fn widget(sandbox: &Sandbox) -> Router<Sandbox> {
    Router::new()
        .route("/widget.js", get(assets::widget()))
        .layer(CompressionLayer::new())
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
        .route("/api/notifications", get(features::notifications))
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn(body::whole))
        .layer(from_fn_with_state(sandbox.clone(), fault::in_api))
        .layer(from_fn_with_state(sandbox.clone(), judge::judge))
        .layer(from_fn_with_state(sandbox.clone(), gate::allowed_origin))
        .layer(cors(sandbox))
}

/// What the team behind a project sees: pages, and the same as JSON for tests.
fn team(sandbox: &Sandbox) -> Router<Sandbox> {
    let set_status = post(backlog::set_status);
    let judge = get(identity::page).post(identity::check);
    Router::new()
        .route("/p/{project}", get(backlog::show))
        .route("/p/{project}/features/{id}/status", set_status)
        .route("/p/{project}/identity", judge)
        .route("/p/{project}/events", get(events::stream))
        .route("/p/{project}/api/v1/requesters", get(team::requesters))
        .route("/p/{project}/api/v1/features", get(team::features))
        .route("/p/{project}/api/v1/verdicts", get(team::verdicts))
        .route_layer(from_fn_with_state(sandbox.clone(), gate::served_project))
        .route("/", get(backlog::redirect))
        .route("/assets/sandbox.css", get(assets::STYLE))
        .route("/assets/live.js", get(assets::LIVE))
        .route("/assets/icon.svg", get(assets::ICON))
        .layer(from_fn(body::whole))
        .layer(from_fn(gate::same_origin))
        .layer(CompressionLayer::new())
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
        .route("/sandbox/v1/requesters", get(control::requesters))
        .layer(from_fn(body::whole))
        .layer(from_fn_with_state(sandbox.clone(), gate::this_machine))
}

fn cors(sandbox: &Sandbox) -> CorsLayer {
    let allowed = sandbox.config.allowed_origins.clone();
    let is_allowed = move |origin: &HeaderValue, _: &_| {
        origin.to_str().is_ok_and(|origin| allowed.allow(origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_allowed))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            wire::PROJECT,
            wire::ANONYMOUS_ID,
        ])
        .max_age(std::time::Duration::from_secs(600))
}
