//! The server's answer, with something else in it.

use app::{ApiError, ErrorCode};
use axum::{
    Json,
    body::{Body, to_bytes},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

/// Far more than any answer that is changed here has.
const MOST_BYTES: usize = 64 * 1024;

/// What `change` makes of a result, under the headers of the first answer. An error is left as it
/// is.
pub(super) async fn changed<T: DeserializeOwned + Serialize>(
    answer: Response,
    change: impl FnOnce(T) -> Result<T, ApiError>,
) -> Response {
    if !answer.status().is_success() {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    let changed = match read(body).await.and_then(change) {
        Ok(result) => Json(result).into_response(),
        Err(error) => error.into_response(),
    };
    head.status = changed.status();
    Response::from_parts(head, changed.into_body())
}

async fn read<T: DeserializeOwned>(body: Body) -> Result<T, ApiError> {
    let bytes = to_bytes(body, MOST_BYTES).await.ok();
    bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| ErrorCode::InternalError.into())
}
