//! A button that copies.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // Where a page is served neither over https nor from this machine, there is no clipboard to
    // ask.
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<js_sys::Promise, JsValue>;
}

/// Copies `text`, and says whether that worked.
#[component]
pub(super) fn Copy(
    #[prop(into)] text: Signal<String>,
    /// What the button says before.
    what: &'static str,
) -> impl IntoView {
    let said = RwSignal::new(what.to_owned());
    let label: Signal<String> = said.into();
    let copy = move |_| {
        let writing = text.with_untracked(|text| write_text(text));
        spawn_local(async move {
            let is_written = match writing {
                Ok(promise) => JsFuture::from(promise).await.is_ok(),
                Err(_) => false,
            };
            said.set(
                if is_written {
                    "Copied"
                } else {
                    "Cannot copy here"
                }
                .to_owned(),
            );
        });
    };
    view! {
        <button type="button" class="secondary" on:click=copy>
            {label}
        </button>
    }
}
