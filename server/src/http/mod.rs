//! Every route, and what lies around all of them.

mod api;
mod gate;
mod health;
mod page_policy;
mod policy_reports;
mod request_log;
mod security_headers;
mod server_rendered;
mod source;
mod static_files;

use std::sync::Arc;

use app::{ErrorCode, backend::Backend};
use axum::{
    Router,
    middleware::from_fn_with_state,
    response::IntoResponse as _,
    routing::{any, get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{config::Config, dist::Files, shell::Shell};
use api::Api;
use health::Readiness;
use page_policy::PagePolicy;
use policy_reports::PolicyReports;
use security_headers::{SecurityHeaders, insistence};
use server_rendered::ServerRendered;

/// The whole of the app's origin.
pub(crate) fn router(backend: Arc<Backend>, config: &Config, mut files: Files) -> Router {
    let shell = Shell::among(&mut files);
    let policy = PagePolicy::new(backend.reqio(), &shell);
    let headers = SecurityHeaders::new(policy, insistence(config));
    let api = Api::new(Arc::clone(&backend), config.public_url.clone());
    let readiness = Readiness::new(backend.accounts().clone());
    let rendered = ServerRendered::new(Arc::clone(&backend), &shell);
    let routes = Router::new()
        .route("/api", any(api::unknown))
        .route("/api/", any(api::unknown))
        .route("/api/{*endpoint}", any(api::call).with_state(api))
        .route("/healthz", get("ok"))
        .route("/readyz", get(health::ready).with_state(readiness))
        .route(
            policy_reports::PATH,
            post(policy_reports::take).with_state(Arc::new(PolicyReports::new())),
        )
        .route(
            "/server-rendered",
            get(server_rendered::page).with_state(Arc::new(rendered)),
        )
        .route("/source/{*file}", get(source::file))
        .merge(static_files::router(&files, &shell));
    surround(routes, headers).layer(from_fn_with_state(backend, request_log::log))
}

/// What every answer is given: a panic becomes a 500, and all of them get their headers.
fn surround(routes: Router, headers: SecurityHeaders) -> Router {
    routes
        .layer(CatchPanicLayer::custom(|_panic| {
            app::ApiError::from(ErrorCode::InternalError).into_response()
        }))
        .layer(from_fn_with_state(Arc::new(headers), security_headers::add))
}

#[cfg(test)]
mod tests {
    use app::ReqioProject;
    use axum::{
        Router,
        body::{Body, to_bytes},
        http::{Request, StatusCode},
        routing::get,
    };
    use tower::ServiceExt as _;

    use super::{PagePolicy, SecurityHeaders, surround};
    use crate::{dist::Files, shell::Shell};

    async fn fails() -> &'static str {
        panic!("a detail that is nobody's business")
    }

    #[tokio::test]
    async fn a_panic_becomes_a_500_without_details_and_the_next_request_is_answered() {
        let widget_url = "https://reqio.app/widget.js".to_owned();
        let reqio = ReqioProject {
            project_id: "acme".parse().unwrap(),
            widget_url,
            sandbox: false,
        };
        let shell = Shell::among(&mut Files::new());
        let headers = SecurityHeaders::new(PagePolicy::new(&reqio, &shell), None);
        let routes = Router::new()
            .route("/fails", get(fails))
            .route("/works", get(async || "well"));
        let router = surround(routes, headers);
        let get = |path: &str| {
            router
                .clone()
                .oneshot(Request::get(path).body(Body::empty()).unwrap())
        };

        let failed = get("/fails").await.unwrap();
        assert_eq!(failed.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(failed.headers()["content-type"], "application/json");
        assert_eq!(failed.headers()["x-content-type-options"], "nosniff");
        let body = to_bytes(failed.into_body(), 1_000).await.unwrap();
        assert_eq!(
            &body[..],
            br#"{"error":"internal_error","message":"Something went wrong on our side."}"#
        );
        assert_eq!(get("/works").await.unwrap().status(), StatusCode::OK);
    }
}
