//! The browser's side of a server function.

use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::error::ServerFnErrorErr;

use crate::{PostError, fetch, value};

/// Calls the endpoint at `path`. Dropping the future aborts the request.
pub(crate) fn call<Input: Serialize, Output: DeserializeOwned, E: PostError>(
    path: &str,
    input: &Input,
) -> impl Future<Output = Result<Output, E>> + Send + use<Input, Output, E> {
    let answer = serde_json::to_string(input).map(|body| fetch::post(path, &body));
    // There is one thread only, so this moves nothing to another; the framework asks for the
    // promise all the same.
    SendWrapper::new(async move {
        let failed = |error| E::from_server_fn_error(error);
        let answer =
            answer.map_err(|error| failed(ServerFnErrorErr::Serialization(error.to_string())))?;
        let fetch::Answer {
            is_success,
            retry_after,
            body,
        } = answer
            .await
            .map_err(|_| failed(ServerFnErrorErr::Request("no answer came".to_owned())))?;
        if is_success {
            return read(body).map_err(failed);
        }
        let error: E = read(body).unwrap_or_else(failed);
        Err(match retry_after {
            Some(seconds) => error.or_retry_after(seconds),
            None => error,
        })
    })
}

fn read<T: DeserializeOwned>(body: Option<wasm_bindgen::JsValue>) -> Result<T, ServerFnErrorErr> {
    let misfit = |what: String| ServerFnErrorErr::Deserialization(what);
    let body = body.ok_or_else(|| misfit("the answer is not JSON".to_owned()))?;
    value::read(body).map_err(|error| misfit(error.to_string()))
}
