//! One line a request, and whose request every other line is about.

use std::{sync::Arc, time::Instant};

use app::backend::Backend;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument as _, field, info_span};

/// Logs client, method, path, status and duration. Never a query, a header or a body: tokens,
/// passwords and cookies live there.
pub(crate) async fn log(
    State(backend): State<Arc<Backend>>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let client = backend.client_of(request.extensions(), request.headers());
    let span = info_span!("request", client = client.map(field::display));
    async move {
        let response = next.run(request).await;
        let (status, elapsed) = (response.status().as_u16(), started.elapsed());
        tracing::info!(%method, path, status, ?elapsed);
        response
    }
    .instrument(span)
    .await
}
