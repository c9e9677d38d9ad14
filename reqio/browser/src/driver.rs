//! Carries out what the lifecycle commands, and tells it what came of it. All decisions are the
//! lifecycle's.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
};

use reqio_identity::Token;
use reqio_lifecycle::{Command, Event, Lifecycle, WidgetState};

use crate::{
    Observed, Options, Snapshot, back_forward_cache, claims,
    clock::{Clock, age_of_the_page},
    notice,
    provider::AnyProvider,
    requests::Requests,
    subscribers::Subscribers,
    tabs::Tabs,
    tag::Tag,
    timer::{Timer, some_of},
    wake::{Return, Wake},
    widget::Widget,
};

/// Owns the timer, the listeners, the widget's tag and the requests; all of them end when it is
/// dropped.
pub(crate) struct Driver {
    this: Weak<Self>,
    options: Options,
    lifecycle: RefCell<Lifecycle<String, Token>>,
    events: RefCell<VecDeque<Event<String, Token>>>,
    handling: Cell<bool>,
    requests: Requests,
    widget: Widget,
    clock: Rc<Clock>,
    timer: Rc<Timer>,
    tabs: Tabs,
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
                widget: Widget::new(&options, with(this, Self::happens)),
                clock: Rc::new(Clock::new()),
                timer: Rc::default(),
                tabs: Tabs::listen(&options.name, options.news_spread, heard),
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

    /// Begins with what the page came with. A tag with a token tells who is signed in, and its
    /// script may have told the widget; where the page shows somebody else, the page is right.
    pub(crate) fn begin(&self, otherwise: Event<String, Token>) {
        let tag = self.widget.tag_of_the_page();
        let token = tag.as_ref().and_then(Tag::token);
        let rendered = token.and_then(|token| claims::rendered(token, age_of_the_page()));
        let Some(fresh) = rendered else {
            tag.iter().for_each(Tag::clear_token);
            return self.happens(otherwise);
        };
        let is_contradicted = contradicts(&otherwise, &fresh.user);
        self.happens(Event::Rendered(fresh));
        if is_contradicted {
            self.happens(otherwise);
        }
    }

    pub(crate) fn widget(&self) -> &Widget {
        &self.widget
    }

    /// Feeds the lifecycle. What happens while a command is carried out waits until all are.
    pub(crate) fn happens(&self, event: Event<String, Token>) {
        if self.widget.adopts_a_tag() {
            self.events.borrow_mut().push_back(Event::TagFound);
            self.widget.look();
        }
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
        if !self.lifecycle.borrow().is_checking() {
            self.requests.abandon_check();
        }
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
            Command::LoadWidget(token) => self.widget.load(token),
            Command::ClearTag => self.widget.clear_tag(),
            Command::Identify(token) => self.widget.identify(&token),
            Command::Wake { after, spread } => {
                let happens = self.answer();
                let after = after.saturating_add(some_of(spread));
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
        with(&self.this, Self::happens)
    }

    fn returned(&self, how: Return) {
        match how {
            Return::Woke => {
                // A widget that was given up may have come since.
                if matches!(self.snapshot().widget, WidgetState::Lost(_)) {
                    self.widget.look();
                }
                self.happens(Event::Woke);
            }
            Return::Frozen if self.lifecycle.borrow().given_until().is_some() => {
                back_forward_cache::hide_page();
            }
            Return::Frozen => {}
            Return::Restored => self.happens(Event::Restored),
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
