//! The body of a request, which is there as a whole before anything is made of it.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::error::ApiError;

/// In bytes.
const LARGEST_BODY: usize = 32 * 1024;

/// How long one may take to arrive: a client that never ends it would keep its connection for ever.
const TIME_LIMIT: Duration = Duration::from_secs(10);

pub(crate) async fn whole(request: Request, next: Next) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = tokio::time::timeout(TIME_LIMIT, to_bytes(body, LARGEST_BODY))
        .await
        .map_err(|_| ApiError::RequestTimeout)?
        .map_err(|_| ApiError::TooLarge)?;
    let request = Request::from_parts(parts, Body::from(body));
    Ok(next.run(request).await)
}
