//! What no route does, and what would come of it.

use std::{future::pending, sync::Arc, time::Duration};

use accounts::{Accounts, Mode};
use app::{ReqioProject, backend::Backend};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, Response, header::X_CONTENT_TYPE_OPTIONS},
    routing::get,
};
use tokio::time::timeout;
use tower::ServiceExt as _;

use super::layers;
use crate::config::Reqio;

async fn router() -> Router {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/demo.db", folder.path().display())
        .parse()
        .unwrap();
    let accounts = Accounts::open(&url, Mode::Sandbox, 10.try_into().unwrap())
        .await
        .unwrap();
    let (minter, audience) = Reqio::Sandbox.minter();
    let reqio = ReqioProject {
        project_id: audience.project_id().clone(),
        widget_url: "http://localhost:3001/widget.js".to_owned(),
        sandbox: true,
    };
    let backend = Arc::new(Backend::new(accounts, minter, reqio, false, None));
    let routes = Router::new()
        .route("/fails", get(fails))
        .route("/hangs", get(async || pending::<()>().await))
        .route("/works", get(async || "well"));
    let nosniff = (X_CONTENT_TYPE_OPTIONS, "nosniff".parse().unwrap());
    layers(routes, backend, HeaderMap::from_iter([nosniff]))
}

async fn fails() -> &'static str {
    panic!("a detail that is nobody's business")
}

async fn answer(router: &Router, path: &str) -> Response<Body> {
    let request = Request::get(path).body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap()
}

async fn is_error(answer: Response<Body>, status: u16, body: &str) {
    assert_eq!(answer.status(), status);
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert_eq!(to_bytes(answer.into_body(), 1_000).await.unwrap(), body);
}

#[tokio::test]
async fn a_panic_becomes_a_500_without_details_and_the_next_request_is_answered() {
    let router = router().await;
    let body = r#"{"error":"internal_error","message":"Something went wrong on our side."}"#;
    is_error(answer(&router, "/fails").await, 500, body).await;
    assert_eq!(answer(&router, "/works").await.status(), 200);
}

#[tokio::test]
async fn nobody_waits_for_ever_for_what_does_not_answer() {
    let router = router().await;
    tokio::time::pause();
    let body = "{\"error\":\"unavailable\",\"message\":\"The server is busy. Please try again in a \
                moment.\",\"retry_after\":5}";
    let answer = timeout(Duration::from_secs(60), answer(&router, "/hangs"));
    is_error(answer.await.expect("an answer"), 503, body).await;
}
