//! The binding to `window.Reqio`. This is the file to copy.
//!
//! Reqio documents one method, `identify(token)`, and nothing of what it returns or throws. So
//! every call here can fail without harm, and nothing is made of the return value. Until the
//! widget's script has run, `window.Reqio` is undefined, and there is no stand-in for it on
//! purpose: a fake could make the real script skip its own set-up.

// take home: binding
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `window`, with the property that the widget's script adds to it.
    #[wasm_bindgen(extends = web_sys::Window)]
    type WindowWithReqio;

    /// `window.Reqio`.
    type Reqio;

    #[wasm_bindgen(method, getter, js_name = Reqio, catch)]
    fn reqio(this: &WindowWithReqio) -> Result<Option<Reqio>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn identify(this: &Reqio, token: &str) -> Result<JsValue, JsValue>;
}

/// Why Reqio was not told who the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdentifyError {
    /// The widget's script has not run.
    NotLoaded,
    /// `identify` is missing, or threw.
    Threw,
}

/// Whether the widget's script has run.
pub(crate) fn is_loaded() -> bool {
    reqio().is_some()
}

/// Calls `window.Reqio.identify(token)`: from now on the widget's requests are this user's.
pub(crate) fn identify(token: &str) -> Result<(), IdentifyError> {
    let reqio = reqio().ok_or(IdentifyError::NotLoaded)?;
    reqio
        .identify(token)
        .map(drop)
        .map_err(|_| IdentifyError::Threw)
}

fn reqio() -> Option<Reqio> {
    web_sys::window()?
        .unchecked_into::<WindowWithReqio>()
        .reqio()
        .ok()
        .flatten()
}
// take home: end
