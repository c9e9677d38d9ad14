//! One line a request, and whose request every other line is about.

use std::{sync::Arc, time::Instant};

use app::backend::Backend;
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode},
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
    let client = backend.client_of(request.extensions(), request.headers());
    let span = info_span!("request", client = client.map(field::display));
    async move {
        let mut line = Line {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            started: Instant::now(),
            answered: None,
        };
        let response = next.run(request).await;
        line.answered = Some(response.status());
        response
    }
    .instrument(span)
    .await
}

/// The line of a request, written when there is no more to come of it: it was answered, or given up
/// because its client hung up.
struct Line {
    method: Method,
    path: String,
    started: Instant,
    answered: Option<StatusCode>,
}

impl Drop for Line {
    fn drop(&mut self) {
        let (method, path, elapsed) = (&self.method, &self.path, self.started.elapsed());
        match self.answered.map(|status| status.as_u16()) {
            Some(status) => tracing::info!(%method, path, status, ?elapsed),
            None => tracing::info!(%method, path, ?elapsed, "hung up"),
        }
    }
}
