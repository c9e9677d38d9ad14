//! Plays the faults that a test has switched on.

use std::io;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio_stream::StreamExt;

use crate::error::ApiError;
use crate::sandbox::Sandbox;

/// Faults of the widget's API. They come after the verdict, so that a request that then fails is
/// still on record.
pub(crate) async fn in_api(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    sandbox.hold(|faults| faults.slow).await;
    let faults = sandbox.pulse().borrow().faults;
    if faults.strike() {
        return Err(ApiError::Fault);
    }
    let response = next.run(request).await;
    if faults.cut {
        return Ok(cut(response).await);
    }
    Ok(response)
}

/// Faults of `widget.js`.
pub(crate) async fn in_widget(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    sandbox.hold(|faults| faults.late_script).await;
    if sandbox.pulse().borrow().faults.block_script {
        return Err(ApiError::Fault);
    }
    Ok(next.run(request).await)
}

/// An answer that promises its whole length, and breaks off half-way.
async fn cut(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    // The sandbox has made the answer itself, and in one piece.
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let length = HeaderValue::from(whole.len());
    head.headers.insert(header::CONTENT_LENGTH, length);
    let half = whole.slice(..whole.len() / 2);
    let breaks = Err(io::Error::from(io::ErrorKind::ConnectionAborted));
    // The half is sent while the error waits; one that came with it would take its place.
    let body = tokio_stream::iter([Ok(half), breaks]).then(|part| async {
        tokio::task::yield_now().await;
        part
    });
    Response::from_parts(head, Body::from_stream(body))
}
