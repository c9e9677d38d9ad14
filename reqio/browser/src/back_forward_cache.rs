//! Keeps a page whose widget knows a user out of the back/forward cache.
//!
//! From there a page comes back as it was left: with the user on it, and with a widget that makes
//! requests as that user before anything here could ask whether they are still signed in. Reqio
//! documents no way to make a widget forget. Browsers do not keep a page that holds a lock, which
//! costs a page load on the way back, and nothing else. Where there are no locks, the page is
//! hidden when it goes away and loaded anew when it comes back.

use std::cell::RefCell;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    // Undefined where a page is served neither over https nor from this machine.
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request_lock(name: &str, options: &JsValue, held: &JsValue) -> Result<Promise, JsValue>;
}

/// The lock, once it is wanted. Released when this is dropped.
#[derive(Default)]
pub(crate) struct BackForwardCache {
    release: RefCell<Option<Function>>,
}

impl BackForwardCache {
    /// From now on the page is not kept.
    pub(crate) fn refuse(&self, name: &str) {
        if self.release.borrow().is_some() {
            return;
        }
        let held_until = Promise::new(&mut |release, _| {
            self.release.replace(Some(release));
        });
        let options = Object::new();
        // Shared, so that no tab waits for another.
        let _ = Reflect::set(&options, &"mode".into(), &"shared".into());
        let held = Closure::once_into_js(move || held_until);
        if let Ok(lock) = request_lock(name, &options, &held) {
            // Where locks are forbidden this fails, and nobody is to be told of it.
            let ignore = Closure::once_into_js(|| {});
            let ignore: &Function = ignore.unchecked_ref();
            let _ = Reflect::get(&lock, &"catch".into())
                .and_then(|method| method.unchecked_into::<Function>().call1(&lock, ignore));
        }
    }
}

impl Drop for BackForwardCache {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Shows nothing of the page any more: no frame of it is to be seen when it comes back.
pub(crate) fn hide_page() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        root.set_hidden(true);
    }
}
