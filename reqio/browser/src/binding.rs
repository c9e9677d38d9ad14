//! The binding to `window.Reqio`.
//!
//! Reqio documents one method, `identify(token)`, and nothing of what it returns or throws. So
//! every call here can fail without harm, and a promise that it may return is listened to only for
//! failing. Until the widget's script has run, `window.Reqio` is undefined, and there is no
//! stand-in for it on purpose: a fake could make the real script skip its own set-up.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `window`, with the property that the widget's script adds to it.
    #[wasm_bindgen(extends = web_sys::Window)]
    type WindowWithReqio;

    /// `window.Reqio`.
    type Reqio;

    #[wasm_bindgen(method, getter, js_name = Reqio, catch)]
    fn reqio(this: &WindowWithReqio) -> Result<Option<Reqio>, JsValue>;

    #[wasm_bindgen(method, getter, js_name = identify, catch)]
    fn identify_method(this: &Reqio) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn identify(this: &Reqio, token: &str) -> Result<JsValue, JsValue>;
}

/// What is at `window.Reqio`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing: the widget's script has not run.
    Nothing,
    /// Something that cannot identify.
    Stub,
    /// Something that can.
    Widget,
}

/// The widget did not take a token: `identify` is missing, threw, or failed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused;

/// Looks at `window.Reqio`.
pub(crate) fn look() -> Found {
    match reqio().map(|reqio| reqio.identify_method()) {
        None => Found::Nothing,
        Some(Ok(method)) if method.is_instance_of::<Function>() => Found::Widget,
        Some(_) => Found::Stub,
    }
}

/// Calls `window.Reqio.identify(token)`: from now on the widget's requests are this user's. Where
/// the widget answers with a promise, the answer ends with it.
///
/// # Errors
/// [`Refused`] at once or later.
pub(crate) fn identify(
    token: &str,
) -> Result<Option<impl Future<Output = Result<(), Refused>> + use<>>, Refused> {
    let reqio = reqio().ok_or(Refused)?;
    let answer = reqio.identify(token).map_err(|_| Refused)?;
    Ok(answer.is_object().then(|| {
        let answer = JsFuture::from(Promise::resolve(&answer));
        async move { answer.await.map(drop).map_err(|_| Refused) }
    }))
}

fn reqio() -> Option<Reqio> {
    let window = web_sys::window()?.unchecked_into::<WindowWithReqio>();
    window.reqio().ok().flatten()
}
