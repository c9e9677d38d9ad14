//! The widget of this page: the tag of its script, the calls to it, and what comes of both.

use std::{cell::RefCell, rc::Rc, time::Duration};

use gloo_timers::callback::Timeout;
use reqio_identity::{Token, WidgetScript};
use reqio_lifecycle::{Event, WidgetProblem};
use web_sys::HtmlScriptElement;

use crate::{
    Options,
    back_forward_cache::BackForwardCache,
    binding,
    requests::UnderWay,
    tag::{Outcome, Tag},
    timer::after,
};

/// There is never a second tag, and none is watched any more once this is dropped.
pub(crate) struct Widget {
    name: String,
    script: RefCell<Option<WidgetScript>>,
    script_limit: Duration,
    /// What is to go on the tag of a script that is not known yet.
    unloaded: RefCell<Option<Option<Token>>>,
    no_script: RefCell<Option<Timeout>>,
    tag: RefCell<Option<Tag>>,
    identifying: RefCell<Option<UnderWay>>,
    cache: BackForwardCache,
    tell: Rc<dyn Fn(Event<String, Token>)>,
}

impl Widget {
    /// What comes of it is told in events.
    pub(crate) fn new(options: &Options, tell: impl Fn(Event<String, Token>) + 'static) -> Self {
        Self {
            name: options.name.clone(),
            script: RefCell::new(options.script.clone()),
            script_limit: options.script_limit,
            unloaded: RefCell::default(),
            no_script: RefCell::default(),
            tag: RefCell::default(),
            identifying: RefCell::default(),
            cache: BackForwardCache::default(),
            tell: Rc::new(tell),
        }
    }

    /// The tag that is in the page already.
    pub(crate) fn tag_of_the_page(&self) -> Option<HtmlScriptElement> {
        Tag::find(self.script.borrow().as_ref())
    }

    /// The widget's script is this one, as the page knows by now.
    pub(crate) fn set_script(&self, script: WidgetScript) {
        self.script.replace(Some(script));
        if let Some(token) = self.unloaded.take() {
            self.load(token);
        }
    }

    /// Whether somebody else has put a tag into the page meanwhile, which is the widget's then.
    pub(crate) fn adopts_a_tag(&self) -> bool {
        if self.tag.borrow().is_some() {
            return false;
        }
        let Some(tag) = self.tag_of_the_page() else {
            return false;
        };
        self.unloaded.take();
        if Tag::token(&tag).is_some() {
            self.cache.refuse(&self.name);
        }
        // A script that fails is loaded again by another tag of it.
        let mut script = self.script.borrow_mut();
        *script = script.take().or_else(|| Tag::script(&tag));
        let tag = Tag::adopt(tag, self.script_limit, self.outcome());
        self.no_script.take();
        self.tag.replace(Some(tag));
        true
    }

    /// Looks whether the script has left a widget by now.
    pub(crate) fn look(&self) {
        // Not borrowed while it answers, since the answer may ask for another tag.
        let watch = self.tag.borrow().as_ref().map(Tag::watcher);
        if let Some(watch) = watch {
            watch.look();
        }
    }

    /// Puts a tag into the page, as soon as the script is known, in place of the one before.
    pub(crate) fn load(&self, token: Option<Token>) {
        let Some(script) = self.script.borrow().clone() else {
            self.unloaded.replace(Some(token));
            let tell = Rc::clone(&self.tell);
            let overdue = after(self.script_limit, move || {
                // Nothing tells of a tag that somebody else puts into the page.
                tell(match Tag::find(None) {
                    Some(_) => Event::TagFound,
                    None => Event::WidgetLost(WidgetProblem::Blocked),
                });
            });
            self.no_script.replace(Some(overdue));
            return;
        };
        self.no_script.take();
        if let Some(before) = self.tag.take() {
            before.remove();
        }
        if token.is_some() {
            self.cache.refuse(&self.name);
        }
        let tag = Tag::add(&script, token.as_ref(), self.script_limit, self.outcome());
        let is_there = tag.is_some();
        self.tag.replace(tag);
        if !is_there {
            (self.tell)(Event::WidgetLost(WidgetProblem::Blocked));
        }
    }

    /// Takes the token off the tag, or off what was to become of it.
    pub(crate) fn clear_tag(&self) {
        if let Some(token) = &mut *self.unloaded.borrow_mut() {
            token.take();
        }
        if let Some(tag) = &*self.tag.borrow() {
            tag.clear();
        }
    }

    /// Hands the token over.
    pub(crate) fn identify(&self, token: &Token) {
        self.cache.refuse(&self.name);
        let tell = Rc::clone(&self.tell);
        let refused = move || tell(Event::WidgetLost(WidgetProblem::Refused));
        match binding::identify(token.as_str()) {
            Ok(None) => {
                self.identifying.take();
            }
            // What an earlier call comes to is not waited for any more.
            Ok(Some(answer)) => {
                self.identifying.replace(Some(UnderWay::start(async move {
                    if answer.await.is_err() {
                        refused();
                    }
                })));
            }
            Err(binding::Refused) => refused(),
        }
    }

    fn outcome(&self) -> impl Fn(Outcome) + use<> {
        let tell = Rc::clone(&self.tell);
        move |outcome| {
            tell(match outcome {
                Ok(()) => Event::WidgetReady,
                Err(problem) => Event::WidgetLost(problem),
            });
        }
    }
}
