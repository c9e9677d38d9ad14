//! The widget's script tag, as Reqio documents it: `src`, `data-project-id`, `async`, and the token
//! where there is one.

use std::{cell::Cell, rc::Rc, time::Duration};

use app::Reqio;
use identity::Token;
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{HtmlElement, HtmlScriptElement};

use super::reqio;

/// When a script counts as kept away. It may still come, and is welcome then.
const TIME_LIMIT: Duration = Duration::from_secs(10);
const ID: &str = "reqio-widget";

/// What became of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It has run: `window.Reqio` is there.
    Ready,
    /// It failed to load, is overdue, or ran without leaving `window.Reqio` behind.
    Blocked,
}

/// Puts the script into the page, in place of one that was there before, and calls `outcome`
/// whenever it is known.
pub(crate) fn load(
    reqio: &Reqio,
    token: Option<&Token>,
    outcome: impl Fn(Outcome) + Clone + 'static,
) {
    if let Some(before) = document().get_element_by_id(ID) {
        before.remove();
    }
    let Some(script) = script(reqio, token) else {
        return outcome(Outcome::Blocked);
    };
    let settled = Rc::new(Cell::new(false));
    let settle = {
        let settled = Rc::clone(&settled);
        let outcome = outcome.clone();
        move || {
            settled.set(true);
            outcome(if reqio::is_loaded() {
                Outcome::Ready
            } else {
                Outcome::Blocked
            });
        }
    };
    let on_load = Closure::once_into_js(settle.clone());
    let on_error = Closure::once_into_js(settle);
    script.set_onload(Some(on_load.unchecked_ref()));
    script.set_onerror(Some(on_error.unchecked_ref()));
    set_timeout(
        move || {
            if !settled.get() {
                outcome(Outcome::Blocked)
            }
        },
        TIME_LIMIT,
    );
    if let Some(head) = document().head() {
        let _ = head.append_child(&script);
    }
}

fn script(reqio: &Reqio, token: Option<&Token>) -> Option<HtmlScriptElement> {
    let script: HtmlScriptElement = document().create_element("script").ok()?.unchecked_into();
    script.set_id(ID);
    script.set_async(true);
    let data = AsRef::<HtmlElement>::as_ref(&script).dataset();
    data.set("projectId", reqio.project_id.as_str()).ok()?;
    if let Some(token) = token {
        data.set("identityToken", token.as_str()).ok()?;
    }
    // Last, because it starts the download.
    script.set_src(&reqio.widget_url);
    Some(script)
}
