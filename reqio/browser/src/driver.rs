//! Carries out what the lifecycle commands, and tells it what came of it. All decisions are the
//! lifecycle's.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
};

use reqio_identity::{Token, WidgetScript};
use reqio_lifecycle::{Command, Event, Lifecycle, WidgetProblem, WidgetState};

use crate::{
    Observed, Options, Snapshot,
    back_forward_cache::{self, BackForwardCache},
    binding, claims,
    clock::{Clock, age_of_the_page},
    notice,
    provider::AnyProvider,
    requests::{Requests, UnderWay},
    subscribers::Subscribers,
    tabs::Tabs,
    tag::Tag,
    timer::{Timer, after, some_of},
    wake::{Return, Wake},
};

/// Owns the timer, the listeners, the tag and the requests; all of them end when it is dropped.
pub(crate) struct Driver {
    this: Weak<Self>,
    options: Options,
    lifecycle: RefCell<Lifecycle<String, Token>>,
    events: RefCell<VecDeque<Event<String, Token>>>,
    handling: Cell<bool>,
    requests: Requests,
    identifying: RefCell<Option<UnderWay>>,
    script: RefCell<Option<WidgetScript>>,
    /// What is to go on the tag of a script that is not known yet.
    unloaded: RefCell<Option<Option<Token>>>,
    tag: RefCell<Option<Tag>>,
    no_script: RefCell<Option<gloo_timers::callback::Timeout>>,
    clock: Rc<Clock>,
    timer: Rc<Timer>,
    tabs: Tabs,
    cache: BackForwardCache,
    subscribers: Rc<Subscribers>,
    shown: RefCell<Snapshot>,
    _wake: Wake,
}

impl Driver {
    pub(crate) fn new(provider: Rc<dyn AnyProvider>, options: Options) -> Rc<Self> {
        Rc::new_cyclic(|this: &Weak<Self>| {
            let lifecycle = Lifecycle::new(options.timings, notice::take(&options.name));
            let heard = with(this, |driver, news| driver.happens(Event::Heard(news)));
            let returned = with(this, Self::returned);
            Self {
                this: Weak::clone(this),
                shown: RefCell::new(Snapshot::of(&lifecycle)),
                lifecycle: RefCell::new(lifecycle),
                events: RefCell::default(),
                handling: Cell::new(false),
                requests: Requests::new(provider),
                identifying: RefCell::default(),
                script: RefCell::new(options.script.clone()),
                unloaded: RefCell::default(),
                tag: RefCell::default(),
                no_script: RefCell::default(),
                clock: Rc::new(Clock::new()),
                timer: Rc::default(),
                tabs: Tabs::listen(&options.name, options.news_spread, heard),
                cache: BackForwardCache::default(),
                subscribers: Rc::default(),
                _wake: Wake::listen(returned),
                options,
            }
        })
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn subscribers(&self) -> &Rc<Subscribers> {
        &self.subscribers
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.lifecycle.borrow())
    }

    /// Begins with what the page came with: a tag with a token tells who is signed in, unless the
    /// page itself says otherwise.
    pub(crate) fn begin(&self, otherwise: Event<String, Token>) {
        let tag = Tag::find(self.script.borrow().as_ref());
        let token = tag.as_ref().and_then(Tag::token);
        let rendered = token.and_then(|token| claims::rendered(token, age_of_the_page()));
        match rendered {
            Some(fresh) if !contradicts(&otherwise, &fresh.user) => {
                self.happens(Event::Rendered(fresh));
            }
            _ => {
                tag.iter().for_each(Tag::clear_token);
                self.happens(otherwise);
            }
        }
    }

    /// The widget's script is this one, as the page knows by now.
    pub(crate) fn set_script(&self, script: WidgetScript) {
        self.script.replace(Some(script));
        if let Some(token) = self.unloaded.take() {
            self.load_widget(token);
        }
    }

    /// Feeds the lifecycle. What happens while a command is carried out waits until all are.
    pub(crate) fn happens(&self, event: Event<String, Token>) {
        self.adopt_tag();
        self.events.borrow_mut().push_back(event);
        if self.handling.replace(true) {
            return;
        }
        loop {
            let Some(event) = self.events.borrow_mut().pop_front() else {
                break;
            };
            self.observe(Observed::Event(&event));
            let now = self.clock.now();
            let commands = self.lifecycle.borrow_mut().handle(event, now);
            for command in commands {
                self.observe(Observed::Command(&command));
                self.carry_out(command);
            }
        }
        self.handling.set(false);
        let snapshot = self.snapshot();
        if self.shown.replace(snapshot.clone()) != snapshot {
            self.subscribers.tell(&snapshot);
        }
    }

    fn observe(&self, observed: Observed<'_>) {
        if let Some(observer) = &self.options.observer {
            observer(self.clock.now(), observed);
        }
    }

    fn carry_out(&self, command: Command<String, Token>) {
        match command {
            Command::CheckSession(ticket) => self.requests.check_session(ticket, self.answer()),
            Command::Mint(ticket) => self.requests.mint(ticket, self.answer()),
            Command::Abandon(_) => self.requests.abandon_mint(),
            Command::EndSession(ticket, user) => {
                self.requests.end_session(ticket, user, self.answer());
            }
            Command::LoadWidget(token) => self.load_widget(token),
            Command::ClearTag => {
                self.unloaded
                    .borrow_mut()
                    .as_mut()
                    .take_if(|token| token.take().is_some());
                if let Some(tag) = &*self.tag.borrow() {
                    tag.clear();
                }
            }
            Command::Identify(token) => self.identify(&token),
            Command::Wake { after, spread } => {
                let happens = self.answer();
                let after = after + some_of(spread);
                self.timer
                    .set(&self.clock, after, move || happens(Event::Timer));
            }
            Command::Sleep => self.timer.stop(),
            Command::TellOtherTabs(news) => self.tabs.tell(&news),
            Command::Reload(notice) => notice::reload(&self.options.name, notice),
            // A lifecycle of a later version that asks for what is unknown here is not to be run.
            _ => unreachable!("this crate and its lifecycle are of one version"),
        }
    }

    /// The way back for an answer, for as long as there is somebody to answer to.
    fn answer(&self) -> impl Fn(Event<String, Token>) + use<> {
        with(&self.this, |driver, event| driver.happens(event))
    }

    fn returned(&self, how: Return) {
        let knows_a_user = self.lifecycle.borrow().given_until().is_some();
        match how {
            Return::Woke => {
                self.look_for_widget();
                self.happens(Event::Woke);
            }
            Return::Frozen if knows_a_user => back_forward_cache::hide_page(),
            Return::Frozen => {}
            Return::Restored => self.happens(Event::Restored),
        }
    }

    /// A widget that was given up may have come since.
    fn look_for_widget(&self) {
        let widget = self.lifecycle.borrow().widget();
        if matches!(widget, WidgetState::Lost(_)) {
            self.look_at_tag();
        }
    }

    /// A tag that somebody else put into the page is the widget's, and there is never a second one.
    fn adopt_tag(&self) {
        if self.tag.borrow().is_some() {
            return;
        }
        if let Some(tag) = Tag::find(self.script.borrow().as_ref()) {
            self.events.borrow_mut().push_back(Event::TagFound);
            self.unloaded.take();
            if Tag::token(&tag).is_some() {
                self.cache.refuse(&self.options.name);
            }
            let tag = Tag::adopt(tag, self.options.script_limit, self.outcome());
            self.no_script.take();
            self.tag.replace(Some(tag));
            self.look_at_tag();
        }
    }

    fn look_at_tag(&self) {
        // Not borrowed while it answers, since the answer comes back here.
        let watch = self.tag.borrow().as_ref().map(Tag::watcher);
        if let Some(watch) = watch {
            watch.look();
        }
    }

    fn load_widget(&self, token: Option<Token>) {
        let Some(script) = self.script.borrow().clone() else {
            self.unloaded.replace(Some(token));
            let outcome = self.outcome();
            let overdue = after(self.options.script_limit, move || {
                outcome(Err(WidgetProblem::Blocked));
            });
            self.no_script.replace(Some(overdue));
            return;
        };
        self.no_script.take();
        if let Some(before) = self.tag.take() {
            before.remove();
        }
        if token.is_some() {
            self.cache.refuse(&self.options.name);
        }
        let limit = self.options.script_limit;
        let tag = Tag::add(&script, token.as_ref(), limit, self.outcome());
        if tag.is_none() {
            self.happens(Event::WidgetLost(WidgetProblem::Blocked));
        }
        self.tag.replace(tag);
    }

    fn outcome(&self) -> impl Fn(Result<(), WidgetProblem>) + use<> {
        with(&self.this, |driver, outcome: Result<(), WidgetProblem>| {
            driver.happens(match outcome {
                Ok(()) => Event::WidgetReady,
                Err(problem) => Event::WidgetLost(problem),
            });
        })
    }

    fn identify(&self, token: &Token) {
        self.cache.refuse(&self.options.name);
        let refused = with(&self.this, |driver, ()| {
            driver.happens(Event::WidgetLost(WidgetProblem::Refused));
        });
        match binding::identify(token.as_str()) {
            Ok(None) => {
                self.identifying.take();
            }
            // What an earlier call comes to is not waited for any more.
            Ok(Some(answer)) => {
                self.identifying.replace(Some(UnderWay::start(async move {
                    if answer.await.is_err() {
                        refused(());
                    }
                })));
            }
            Err(binding::Refused) => refused(()),
        }
    }
}

/// Whether the page shows somebody else than the user of the token that it came with.
fn contradicts(event: &Event<String, Token>, user: &str) -> bool {
    matches!(event, Event::SignedIn(shown) if shown != user)
}

/// A function of the driver that does nothing once the driver is gone.
fn with<T, F: Fn(&Driver, T) + Clone + 'static>(
    driver: &Weak<Driver>,
    then: F,
) -> impl Fn(T) + Clone + 'static + use<T, F> {
    let driver = Weak::clone(driver);
    move |value| {
        if let Some(driver) = driver.upgrade() {
            then(&driver, value);
        }
    }
}
