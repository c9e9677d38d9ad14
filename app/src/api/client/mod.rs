//! The browser's side of the server functions. Only where `csr` is not merged with `ssr`.

mod fetch;
mod json;

use json::Misfit;
use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};

use crate::{ApiError, ErrorCode};

/// Calls the endpoint at `path`. Dropping the future aborts the request.
///
/// # Errors
/// What the server says; `unreachable` if nothing that it could have said arrives.
pub(crate) fn call<Input: Serialize, Output: DeserializeOwned>(
    path: &str,
    input: &Input,
) -> impl Future<Output = Result<Output, ApiError>> + Send + use<Input, Output> {
    let answer = serde_json::to_string(input).map(|body| fetch::post(path, &body));
    // There is one thread only, so this moves nothing to another; the framework asks for the
    // promise all the same.
    SendWrapper::new(async move {
        let answer = answer.map_err(|_| ErrorCode::InternalError)?.await;
        let fetch::Answer {
            is_success,
            retry_after,
            body,
        } = answer.map_err(|_| ErrorCode::Unreachable)?;
        let body = body.ok_or(Misfit);
        if is_success {
            return body
                .and_then(json::read)
                .map_err(|_| ErrorCode::Unreachable.into());
        }
        let mut error: ApiError = body
            .and_then(json::read)
            .unwrap_or_else(|_| ErrorCode::Unreachable.into());
        error.retry_after = error.retry_after.or_else(|| json::whole(retry_after));
        Err(error)
    })
}
