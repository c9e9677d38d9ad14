//! The widget's script tag, as Reqio documents it: `src`, `data-project-id`, `async`, and the token
//! where there is one.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use reqio_identity::{Token, WidgetScript};
use reqio_lifecycle::WidgetProblem;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, HtmlScriptElement};

use crate::{
    binding::{self, Found},
    timer::after,
};

/// How often a script that has loaded is looked at for the `window.Reqio` it promised.
const LOOK_AGAIN: u32 = 200;

/// For how long after it has loaded.
const GRACE: Duration = Duration::from_secs(2);

/// The attribute by which Reqio takes a token from the tag.
const TOKEN: &str = "data-identity-token";

/// What became of the script.
pub(crate) type Outcome = Result<(), WidgetProblem>;

/// A tag that is watched until this is dropped.
pub(crate) struct Tag {
    script: HtmlScriptElement,
    watch: Rc<Watch>,
    _listeners: [EventListener; 2],
}

/// Finds out what becomes of a script.
pub(crate) struct Watch {
    /// Whether the script is known to have failed: what is at `window.Reqio` then is not from it.
    failed: Cell<bool>,
    look_again: RefCell<Option<Interval>>,
    limit: RefCell<Option<Timeout>>,
    outcome: Box<dyn Fn(Outcome)>,
}

impl Tag {
    /// The tag that is in the page already. Without a `wanted` script, any of Reqio's.
    pub(crate) fn find(wanted: Option<&WidgetScript>) -> Option<HtmlScriptElement> {
        let tags = document()?
            .query_selector_all("script[data-project-id][src]")
            .ok()?;
        (0..tags.length())
            .filter_map(|index| tags.get(index)?.dyn_into::<HtmlScriptElement>().ok())
            .find(|tag| match wanted {
                Some(wanted) => {
                    let project = tag.get_attribute("data-project-id");
                    tag.src() == wanted.url()
                        && project.as_deref() == Some(wanted.project_id.as_str())
                }
                None => tag
                    .src()
                    .split(['?', '#'])
                    .next()
                    .is_some_and(|url| url.ends_with("/widget.js")),
            })
    }

    /// The script of a tag.
    pub(crate) fn script(tag: &HtmlScriptElement) -> Option<WidgetScript> {
        let project = tag.get_attribute("data-project-id")?.parse().ok()?;
        Some(WidgetScript::new(project).trusted_at(tag.src()))
    }

    /// The token on a tag.
    pub(crate) fn token(tag: &HtmlScriptElement) -> Option<Token> {
        Some(Token::from_compact(tag.get_attribute(TOKEN)?))
    }

    /// Puts a tag into the page, in place of `before`.
    pub(crate) fn add(
        script: &WidgetScript,
        token: Option<&Token>,
        limit: Duration,
        outcome: impl Fn(Outcome) + 'static,
    ) -> Option<Self> {
        let tag = make(script, token).ok()?;
        let tag = Self::watch(tag, limit, outcome);
        document()?.head()?.append_child(&tag.script).ok()?;
        Some(tag)
    }

    /// Watches a tag that is in the page already. Its script may have run:
    /// [`look`](Watch::look).
    pub(crate) fn adopt(
        script: HtmlScriptElement,
        limit: Duration,
        outcome: impl Fn(Outcome) + 'static,
    ) -> Self {
        Self::watch(script, limit, outcome)
    }

    /// Takes the token off a tag.
    pub(crate) fn clear_token(tag: &HtmlScriptElement) {
        let _ = tag.remove_attribute(TOKEN);
    }

    /// Takes the token off it.
    pub(crate) fn clear(&self) {
        Self::clear_token(&self.script);
    }

    /// Takes it out of the page. What it has run stays.
    pub(crate) fn remove(self) {
        self.script.remove();
    }

    /// What watches its script.
    pub(crate) fn watcher(&self) -> Rc<Watch> {
        Rc::clone(&self.watch)
    }

    fn watch(
        script: HtmlScriptElement,
        limit: Duration,
        outcome: impl Fn(Outcome) + 'static,
    ) -> Self {
        let watch = Rc::new(Watch {
            failed: Cell::new(false),
            look_again: RefCell::default(),
            limit: RefCell::default(),
            outcome: Box::new(outcome),
        });
        let on_load = {
            let watch = Rc::clone(&watch);
            EventListener::once(&script, "load", move |_| watch.loaded())
        };
        let on_error = {
            let watch = Rc::clone(&watch);
            EventListener::once(&script, "error", move |_| watch.failed())
        };
        watch.wait(limit);
        Self {
            script,
            watch,
            _listeners: [on_load, on_error],
        }
    }
}

impl Watch {
    /// Gives up after so long, unless something else comes first.
    fn wait(self: &Rc<Self>, limit: Duration) {
        let watch = Rc::downgrade(self);
        self.limit.replace(Some(after(limit, move || {
            if let Some(watch) = watch.upgrade() {
                watch.overdue();
            }
        })));
    }

    /// The script has run. Some assign `window.Reqio` a little later.
    fn loaded(self: &Rc<Self>) {
        self.look();
        if self.limit.borrow().is_some() {
            self.wait(GRACE);
            let watch = Rc::downgrade(self);
            let look_again = Interval::new(LOOK_AGAIN, move || {
                if let Some(watch) = watch.upgrade() {
                    watch.look();
                }
            });
            self.look_again.replace(Some(look_again));
        }
    }

    /// Looks whether the widget is there by now.
    pub(crate) fn look(&self) {
        if !self.failed.get() && binding::look() == Found::Widget {
            self.settle(Ok(()));
        }
    }

    fn failed(&self) {
        self.failed.set(true);
        self.give_up();
    }

    fn overdue(&self) {
        self.look();
        if self.limit.borrow().is_some() {
            self.give_up();
        }
    }

    fn give_up(&self) {
        self.settle(Err(match binding::look() {
            Found::Nothing => WidgetProblem::Blocked,
            Found::Stub | Found::Widget => WidgetProblem::Stub,
        }));
    }

    fn settle(&self, outcome: Outcome) {
        self.limit.take();
        self.look_again.take();
        (self.outcome)(outcome);
    }
}

fn make(script: &WidgetScript, token: Option<&Token>) -> Result<HtmlScriptElement, JsValue> {
    let document = document().ok_or(JsValue::UNDEFINED)?;
    let tag: HtmlScriptElement = document.create_element("script")?.unchecked_into();
    tag.set_async(true);
    tag.set_attribute("data-project-id", script.project_id.as_str())?;
    if let Some(token) = token {
        tag.set_attribute(TOKEN, token.as_str())?;
    }
    tag.set_src(script.url());
    Ok(tag)
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
