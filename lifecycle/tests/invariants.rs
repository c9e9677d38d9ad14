//! What holds in whatever order things happen.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{collections::HashMap, time::Duration};

use lifecycle::{Command, Event, Failure, Fresh, Lifecycle, State, Ticket, Widget};
use proptest::prelude::*;

/// A token that remembers whose it is, which sign-in it was asked for in, and when it expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    user: u8,
    sign_in: u32,
    expires_at: Duration,
}

/// What a browser, a server and a visitor can do next.
#[derive(Clone, Copy, Debug)]
enum Step {
    SignIn(u8),
    SignOut,
    ChangePlan,
    Answer {
        which: prop::sample::Index,
        outcome: Outcome,
    },
    AnotherTab,
    WidgetReady,
    WidgetBlocked,
    WidgetRefused,
    WidgetWanted,
    Timer,
    Woke,
    Wait(u64),
}

#[derive(Clone, Copy, Debug)]
enum Outcome {
    Nobody,
    User(u8),
    Refused,
    Failed(Option<u64>),
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        1 => Just(Outcome::Nobody),
        6 => (0..2_u8).prop_map(Outcome::User),
        1 => Just(Outcome::Refused),
        3 => prop::option::of(0..1_000_u64).prop_map(Outcome::Failed),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..2_u8).prop_map(Step::SignIn),
        1 => Just(Step::SignOut),
        1 => Just(Step::ChangePlan),
        8 => (any::<prop::sample::Index>(), outcome()).prop_map(|(which, outcome)| Step::Answer { which, outcome }),
        1 => Just(Step::AnotherTab),
        2 => Just(Step::WidgetReady),
        1 => Just(Step::WidgetBlocked),
        1 => Just(Step::WidgetRefused),
        1 => Just(Step::WidgetWanted),
        4 => Just(Step::Timer),
        1 => Just(Step::Woke),
        4 => (0..400_u64).prop_map(Step::Wait),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    Check,
    Mint,
    EndSession,
}

/// A browser around the machine, which judges every command.
struct Browser {
    lifecycle: Lifecycle<u8, Token>,
    now: Duration,
    /// Every request that was ever made, answered or not: answers come late, twice, and in any
    /// order.
    requests: Vec<(Ticket, Request, u32)>,
    /// The requests for tokens whose answers still count.
    minting: HashMap<Ticket, ()>,
    sign_in: u32,
    user: Option<u8>,
    signed_out: bool,
    left: bool,
}

impl Browser {
    fn new() -> Self {
        let mut browser = Self {
            lifecycle: Lifecycle::new(false),
            now: Duration::ZERO,
            requests: Vec::new(),
            minting: HashMap::new(),
            sign_in: 0,
            user: None,
            signed_out: false,
            left: false,
        };
        browser.happens(Event::Started);
        browser
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::SignIn(user) => {
                if !self.left && !self.signed_out && self.user.is_none_or(|before| before == user) {
                    self.sign_in += 1;
                    self.user = Some(user);
                }
                self.happens(Event::SignedIn(user));
            }
            Step::SignOut => {
                self.signed_out |= self.user.is_some();
                self.happens(Event::SignOutWanted);
            }
            Step::ChangePlan => self.happens(Event::TraitsChanged),
            Step::Answer { which, outcome } => self.answer(which, outcome),
            Step::AnotherTab => self.happens(Event::SessionMayHaveChanged),
            Step::WidgetReady => self.happens(Event::WidgetReady),
            Step::WidgetBlocked => self.happens(Event::WidgetBlocked),
            Step::WidgetRefused => self.happens(Event::WidgetRefused),
            Step::WidgetWanted => self.happens(Event::WidgetWanted),
            Step::Timer if self.lifecycle.is_timer_set() => self.happens(Event::Timer),
            Step::Timer => {}
            Step::Woke => self.happens(Event::Woke),
            Step::Wait(seconds) => self.now += Duration::from_secs(seconds),
        }
    }

    fn answer(&mut self, which: prop::sample::Index, outcome: Outcome) {
        let (ticket, request, sign_in) = *which.get(&self.requests);
        let failure = match outcome {
            Outcome::Refused => Failure::Unauthorized,
            Outcome::Failed(after) => Failure::Retry(after.map(Duration::from_secs)),
            Outcome::Nobody | Outcome::User(_) => Failure::Retry(None),
        };
        let lifetime = Duration::from_secs(300);
        let expires_at = self.now + lifetime;
        let fresh = |user| Fresh {
            user,
            token: Token {
                user,
                sign_in,
                expires_at,
            },
            lifetime,
        };
        let event = match (request, outcome) {
            (Request::Check, Outcome::User(user)) => Event::SessionFound(ticket, Some(fresh(user))),
            (Request::Check, Outcome::Nobody) => Event::SessionFound(ticket, None),
            (Request::Check, _) => Event::SessionUnknown(ticket, failure),
            (Request::Mint, Outcome::User(user)) => Event::Minted(ticket, fresh(user)),
            (Request::Mint, _) => {
                self.minting.remove(&ticket);
                Event::MintFailed(ticket, failure)
            }
            (Request::EndSession, Outcome::User(_) | Outcome::Nobody) => Event::SessionEnded,
            (Request::EndSession, _) => Event::SessionEndFailed(ticket, failure),
        };
        if let Event::Minted(ticket, _) = &event {
            self.minting.remove(ticket);
        }
        // A page that learns from the server who is signed in starts out with that sign-in.
        if let Event::SessionFound(_, Some(fresh)) = &event
            && self.user.is_none()
            && !self.left
        {
            let before = self.lifecycle.state();
            let user = fresh.user;
            self.happens(event);
            if matches!(
                before,
                State::Starting | State::Anonymous | State::SignedOutElsewhere
            ) && !matches!(
                self.lifecycle.state(),
                State::Starting | State::Anonymous | State::SignedOutElsewhere
            ) {
                self.user = Some(user);
            }
            return;
        }
        self.happens(event);
    }

    fn happens(&mut self, event: Event<u8, Token>) {
        let commands = self.lifecycle.handle(event.clone(), self.now);
        for command in commands {
            assert!(
                !self.left,
                "{command:?} after the page was left, on {event:?}"
            );
            match command {
                Command::CheckSession(ticket) => {
                    self.requests.push((ticket, Request::Check, self.sign_in))
                }
                Command::EndSession(ticket) => {
                    self.requests
                        .push((ticket, Request::EndSession, self.sign_in))
                }
                Command::Mint(ticket) => {
                    self.requests.push((ticket, Request::Mint, self.sign_in));
                    self.minting.insert(ticket, ());
                    assert!(
                        self.minting.len() == 1,
                        "two tokens on their way at once, on {event:?}"
                    );
                }
                Command::Abandon(ticket) => {
                    self.minting.remove(&ticket).unwrap();
                }
                Command::Identify(token) => {
                    assert!(!self.signed_out, "a token after sign-out, on {event:?}");
                    if let Some(user) = self.user {
                        assert_eq!(token.user, user, "somebody else's token, on {event:?}");
                    }
                    assert_eq!(
                        token.sign_in, self.sign_in,
                        "a token of an earlier sign-in, on {event:?}"
                    );
                    assert!(
                        self.now < token.expires_at,
                        "an expired token, on {event:?}"
                    );
                    assert_eq!(
                        self.lifecycle.widget(),
                        Widget::Ready,
                        "a token for no widget"
                    );
                }
                Command::LoadWidget(token) => assert!(token.is_none() || !self.signed_out),
                Command::Reload(_) => self.left = true,
                Command::Wake { .. } | Command::Sleep | Command::TellOtherTabs => {}
            }
        }
        self.something_is_always_coming();
    }

    /// A signed-in tab always has the next thing ahead of it, and so has one that is signing out or
    /// starting.
    fn something_is_always_coming(&self) {
        match self.lifecycle.state() {
            State::Anonymous | State::SignedOutElsewhere | State::Leaving => {}
            state => assert!(
                self.lifecycle.is_timer_set(),
                "{state:?} with nothing ahead of it"
            ),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_events_breaks_a_promise(steps in prop::collection::vec(step(), 1..60)) {
        let mut browser = Browser::new();
        for step in steps {
            browser.take(step);
        }
    }

    #[test]
    fn no_number_of_failures_ends_the_attempts(
        failures in prop::collection::vec(prop::option::of(0..5_000_u64), 1..200)
    ) {
        let mut browser = Browser::new();
        browser.take(Step::SignIn(0));
        for after in failures {
            let (ticket, request, _) = *browser.requests.last().unwrap();
            prop_assert_eq!(request, Request::Mint);
            browser.minting.remove(&ticket);
            browser.happens(Event::MintFailed(ticket, Failure::Retry(after.map(Duration::from_secs))));
            browser.take(Step::Timer);
        }
        prop_assert_eq!(browser.minting.len(), 1);
    }
}
