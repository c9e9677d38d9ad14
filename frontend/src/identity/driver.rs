//! Carries out what the lifecycle commands, and tells it what came of it. All decisions are the
//! lifecycle's.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
    time::Duration,
};

use app::User;
use futures_util::future::{AbortHandle, abortable};
use identity::Token;
use leptos::{
    prelude::{RwSignal, Update as _, WithUntracked as _, set_interval},
    task::spawn_local,
};
use lifecycle::{Command, Event, Failure, Lifecycle, State, Ticket};

use super::{
    claims::Part,
    clock::{Clock, milliseconds},
    reload, reqio,
    requests::{failure, fresh},
    story::{self, Moment, Place},
    tabs::Tabs,
    timer::Timer,
    verdict,
    view::{Shown, ShownToken, View},
    wake,
    widget_script::{self, Outcome},
};

/// The one that owns the timer, the listeners and the requests.
pub(crate) struct Driver {
    lifecycle: RefCell<Lifecycle<String, Token>>,
    events: RefCell<VecDeque<Event<String, Token>>>,
    handling: Cell<bool>,
    minting: RefCell<Option<(Ticket, AbortHandle)>>,
    clock: Rc<Clock>,
    timer: Timer,
    tabs: Tabs,
    view: View,
}

impl Driver {
    /// Starts the lifecycle of this page.
    pub(crate) fn start() -> Rc<Self> {
        let driver = Rc::new_cyclic(|this: &std::rc::Weak<Self>| {
            let this = this.clone();
            let changed = move || {
                this.upgrade()
                    .into_iter()
                    .for_each(|driver| driver.happens(Event::SessionMayHaveChanged))
            };
            Self {
                lifecycle: RefCell::new(Lifecycle::new(reload::take_notice())),
                events: RefCell::default(),
                handling: Cell::new(false),
                minting: RefCell::default(),
                clock: Rc::new(Clock::new()),
                timer: Timer::default(),
                tabs: Tabs::listen(changed),
                view: RwSignal::new(Shown::new()),
            }
        });
        wake::listen({
            let driver = Rc::clone(&driver);
            move || driver.happens(Event::Woke)
        });
        let view = driver.view;
        verdict::listen({
            let driver = Rc::clone(&driver);
            move |verdict| {
                let words = verdict.words.clone();
                view.update(|shown| shown.verdict = Some(verdict));
                driver.note(6, Place::Reqio, words);
            }
        });
        set_interval(
            {
                // Nothing else changes by itself.
                let clock = Rc::clone(&driver.clock);
                move || view.update(|shown| shown.now = clock.now())
            },
            Duration::from_secs(1),
        );
        driver.happens(Event::Started);
        driver
    }

    /// What the page shows.
    pub(crate) fn view(&self) -> View {
        self.view
    }

    /// The visitor asks to be signed in on this page.
    pub(crate) fn signing_in(&self, path: &str) {
        self.note(
            1,
            Place::Browser,
            format!("POST {path} {{\"email\", \"password\"}}"),
        );
    }

    /// The visitor signed in on this page.
    pub(crate) fn signed_in(self: &Rc<Self>, user: User) {
        self.happens(Event::SignedIn(user.id.clone()));
        self.show_user(user);
    }

    /// The visitor's plan changed on this page.
    pub(crate) fn plan_changed(self: &Rc<Self>, user: User) {
        self.show_user(user);
        self.tabs.tell();
        self.mint_anew();
    }

    /// The next token may differ from the one in use.
    pub(crate) fn mint_anew(self: &Rc<Self>) {
        self.happens(Event::TraitsChanged);
    }

    /// The server refused what only a signed-in user may do.
    pub(crate) fn session_may_be_gone(self: &Rc<Self>) {
        self.happens(Event::SessionMayHaveChanged);
    }

    /// The visitor wants to sign out.
    pub(crate) fn sign_out(self: &Rc<Self>) {
        self.happens(Event::SignOutWanted);
    }

    /// The visitor wants the widget tried again.
    pub(crate) fn try_widget_again(self: &Rc<Self>) {
        self.happens(Event::WidgetWanted);
    }

    /// Feeds the lifecycle. What happens while a command is carried out waits until all are.
    fn happens(self: &Rc<Self>, event: Event<String, Token>) {
        self.events.borrow_mut().push_back(event);
        if self.handling.replace(true) {
            return;
        }
        loop {
            let Some(event) = self.events.borrow_mut().pop_front() else {
                break;
            };
            if let Some((step, place, text)) = story::of_event(&event) {
                self.note(step, place, text);
            }
            let commands = self.lifecycle.borrow_mut().handle(event, self.clock.now());
            commands
                .into_iter()
                .for_each(|command| self.carry_out(command));
            self.show();
        }
        self.handling.set(false);
    }

    fn note(&self, step: usize, place: Place, text: String) {
        let at = self.clock.now();
        self.view.update(|shown| {
            shown.story.add(Moment {
                at,
                place,
                step,
                text,
            })
        });
    }

    fn carry_out(self: &Rc<Self>, command: Command<Token>) {
        if let Some((step, text)) = story::of_command(&command) {
            self.note(step, Place::Browser, text);
        }
        match command {
            Command::CheckSession(ticket) => self.check_session(ticket),
            Command::Mint(ticket) => self.mint(ticket),
            Command::Abandon(ticket) => self.abandon(ticket),
            Command::EndSession(ticket) => self.end_session(ticket),
            Command::LoadWidget(token) => self.load_widget(token.as_ref()),
            Command::Identify(token) => {
                self.view.update(|shown| shown.verdict = None);
                if reqio::identify(token.as_str()).is_err() {
                    self.happens(Event::WidgetRefused);
                }
            }
            Command::Wake { after, spread } => {
                let driver = Rc::clone(self);
                let after =
                    after + milliseconds(spread.as_secs_f64() * 1_000.0 * js_sys::Math::random());
                self.timer
                    .set(&self.clock, after, move || driver.happens(Event::Timer));
            }
            Command::Sleep => self.timer.stop(),
            Command::TellOtherTabs => self.tabs.tell(),
            Command::Reload(notice) => reload::reload(notice),
        }
    }

    fn check_session(self: &Rc<Self>, ticket: Ticket) {
        let driver = Rc::clone(self);
        spawn_local(async move {
            match app::session().await {
                Ok(session) => {
                    driver
                        .view
                        .update(|shown| shown.reqio = Some(session.reqio));
                    driver.happens(Event::SessionFound(
                        ticket,
                        session.identity.and_then(fresh),
                    ));
                    if let Some(user) = session.user {
                        driver.show_user(user);
                    }
                }
                Err(error) => driver.happens(Event::SessionUnknown(ticket, failure(&error))),
            }
        });
    }

    fn mint(self: &Rc<Self>, ticket: Ticket) {
        let driver = Rc::clone(self);
        let (request, abort) = abortable(app::identity_token());
        self.minting.replace(Some((ticket, abort)));
        spawn_local(async move {
            // Aborted requests answer to nobody.
            let Ok(answer) = request.await else { return };
            driver.happens(match answer.map(fresh) {
                Ok(Some(fresh)) => Event::Minted(ticket, fresh),
                Ok(None) => Event::MintFailed(ticket, Failure::Retry(None)),
                Err(error) => Event::MintFailed(ticket, failure(&error)),
            });
        });
    }

    fn abandon(&self, ticket: Ticket) {
        if let Some((_, abort)) = self
            .minting
            .borrow_mut()
            .take_if(|(minting, _)| *minting == ticket)
        {
            abort.abort();
        }
    }

    fn end_session(self: &Rc<Self>, ticket: Ticket) {
        let driver = Rc::clone(self);
        spawn_local(async move {
            driver.happens(match app::sign_out().await {
                Ok(()) => Event::SessionEnded,
                Err(error) => Event::SessionEndFailed(ticket, failure(&error)),
            });
        });
    }

    fn load_widget(self: &Rc<Self>, token: Option<&Token>) {
        let Some(reqio) = self.view.with_untracked(|shown| shown.reqio.clone()) else {
            return self.happens(Event::WidgetBlocked);
        };
        let driver = Rc::clone(self);
        widget_script::load(&reqio, token, move |outcome| {
            driver.happens(match outcome {
                Outcome::Ready => Event::WidgetReady,
                Outcome::Blocked => Event::WidgetBlocked,
            });
        });
    }

    /// Shows `user`, unless the lifecycle knows better by now.
    fn show_user(&self, user: User) {
        if self.lifecycle.borrow().user() == Some(&user.id) {
            self.view.update(|shown| shown.user = Some(user));
        }
    }

    fn show(&self) {
        let lifecycle = self.lifecycle.borrow();
        self.view.update(|shown| {
            shown.state = lifecycle.state();
            shown.widget = lifecycle.widget();
            shown.now = self.clock.now();
            shown.token = lifecycle.token().and_then(|(token, expires_at)| {
                let (header, payload) = (Part::header(token)?.pretty()?, Part::payload(token)?);
                let claims = payload.pretty()?;
                Some(ShownToken {
                    redacted: story::redacted(token),
                    header,
                    claims,
                    charge: payload.charge(),
                    expires_at,
                })
            });
            if matches!(shown.state, State::Anonymous | State::SignedOutElsewhere) {
                shown.user = None;
            }
        });
    }
}
