//! One line a request.

use std::time::Instant;

use axum::{extract::Request, middleware::Next, response::Response};

/// Logs method, path, status and duration. Never a query, a header or a body: tokens, passwords and
/// cookies live there.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let (status, elapsed) = (response.status().as_u16(), started.elapsed());
    tracing::info!(%method, path, status, ?elapsed);
    response
}
