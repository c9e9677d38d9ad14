//! One POST request.

use std::pin::Pin;

use js_sys::parse_float;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::value;

/// What came back.
pub(crate) struct Answer {
    /// Whether the status is a success.
    pub(crate) is_success: bool,
    /// What the `Retry-After` header asks for, in seconds.
    pub(crate) retry_after: Option<u64>,
    /// The body as the browser's JSON parser reads it, unless that cannot.
    pub(crate) body: Option<JsValue>,
}

/// Sends `json` to `path`, or says what the browser threw. Boxed, or every caller would be compiled
/// with all of it.
pub(crate) fn post(
    path: &str,
    json: &str,
) -> Pin<Box<dyn Future<Output = Result<Answer, JsValue>>>> {
    let request = Request::send(path, json);
    Box::pin(async move {
        let request = request?;
        let response: Response = JsFuture::from(request.response.clone())
            .await?
            .unchecked_into();
        let retry_after = response
            .headers()
            .get("Retry-After")?
            .and_then(|seconds| value::whole(parse_float(&seconds)));
        let body = JsFuture::from(response.json()?).await.ok();
        Ok(Answer {
            is_success: response.ok(),
            retry_after,
            body,
        })
    })
}

/// A request that is aborted when it is dropped; one that has its whole answer is past aborting.
struct Request {
    response: js_sys::Promise,
    abort: AbortController,
}

impl Request {
    fn send(path: &str, json: &str) -> Result<Self, JsValue> {
        let abort = AbortController::new()?;
        let headers = Headers::new()?;
        headers.set("Content-Type", "application/json")?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_headers(&headers);
        init.set_body(&json.into());
        init.set_signal(Some(&abort.signal()));
        let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
        Ok(Self {
            response: window.fetch_with_str_and_init(path, &init),
            abort,
        })
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.abort.abort();
    }
}
