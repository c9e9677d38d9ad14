//! Copying: a button `[data-copy]` copies the text of the element before it.

use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    // Where a page is served neither over https nor from this machine, there is no clipboard to
    // ask.
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<js_sys::Promise, JsValue>;
}

/// Copies if it was such a button, and says on it whether that worked.
pub(super) fn clicked(button: &Element) {
    if !button.has_attribute("data-copy") {
        return;
    }
    let button = button.clone();
    let text = button
        .previous_element_sibling()
        .and_then(|before| before.text_content())
        .unwrap_or_default();
    spawn_local(async move {
        let written = match write_text(&text) {
            Ok(promise) => JsFuture::from(promise).await.is_ok(),
            Err(_) => false,
        };
        button.set_text_content(Some(if written {
            "Copied"
        } else {
            "Cannot copy here"
        }));
    });
}
