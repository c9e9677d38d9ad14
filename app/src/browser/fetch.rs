//! One POST request.

use std::pin::Pin;

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

/// Whether the status is a success, and the body as the browser read it; or what the browser threw.
type Answer = Result<(bool, JsValue), JsValue>;

/// Sends `json` to `path`. Boxed, or every caller would be compiled with all of it.
pub(super) fn post(path: &str, json: &str) -> Pin<Box<dyn Future<Output = Answer>>> {
    let request = Request::send(path, json);
    Box::pin(async move {
        let request = request?;
        let response: Response = JsFuture::from(request.response.clone()).await?.unchecked_into();
        Ok((response.ok(), JsFuture::from(response.json()?).await?))
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
        Ok(Self { response: window.fetch_with_str_and_init(path, &init), abort })
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.abort.abort();
    }
}
