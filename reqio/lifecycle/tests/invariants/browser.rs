//! A browser, a server and a visitor around the machine.

use std::time::Duration;

use reqio_lifecycle::{
    Command, Event, Lifecycle, News, Notice, Ticket, Timings, WidgetProblem, WidgetState,
};

use crate::{server::Request, steps::Step, token::Token, waits::Failures};

/// What is known from outside about the tab.
pub(crate) struct Browser {
    pub(crate) lifecycle: Lifecycle<u8, Token>,
    pub(crate) now: Duration,
    /// When the timer runs out at the latest.
    pub(crate) timer: Option<Duration>,
    /// Every request that was ever made, answered or not: answers come late, twice, and in any
    /// order.
    pub(crate) requests: Vec<Request>,
    /// The requests whose answers still count.
    pub(crate) checking: Option<Ticket>,
    pub(crate) minting: Option<Ticket>,
    pub(crate) ending: Option<Ticket>,
    pub(crate) failures: Failures,
    /// What the page before this one was left with.
    pub(crate) notice: Option<Notice>,
    pub(crate) user: Option<u8>,
    pub(crate) sign_in: u32,
    pub(crate) traits: u32,
    pub(crate) tokens: usize,
    /// The last token that the widget was given.
    pub(crate) given: Option<Token>,
    /// When the last token was made that was not taken.
    pub(crate) passed_over: Option<u64>,
    /// The token that was held before the last event.
    pub(crate) held: Option<Token>,
    pub(crate) given_until: Option<Duration>,
    /// Whether the page says that nobody is signed in.
    pub(crate) shows_nobody: bool,
    pub(crate) signing_out: bool,
    /// Whether the visitor wants to sign out while it is being asked who they are.
    pub(crate) sign_out_wanted: bool,
    pub(crate) left: bool,
}

impl Browser {
    pub(crate) fn new(notice: Option<Notice>) -> Self {
        Self {
            lifecycle: Lifecycle::new(Timings::default(), notice),
            now: Duration::ZERO,
            timer: None,
            requests: Vec::new(),
            checking: None,
            minting: None,
            ending: None,
            failures: Failures::default(),
            notice,
            user: None,
            sign_in: 0,
            traits: 0,
            tokens: 0,
            given: None,
            passed_over: None,
            held: None,
            given_until: None,
            shows_nobody: false,
            signing_out: false,
            sign_out_wanted: false,
            left: false,
        }
    }

    pub(crate) fn take(&mut self, step: Step) {
        let event = match step {
            Step::Start => Event::Started,
            Step::Rendered(user) => {
                let token = self.token(user, 300, self.sign_in, self.traits);
                Event::Rendered(token.fresh())
            }
            Step::TagFound => Event::TagFound,
            Step::SignIn(user) => Event::SignedIn(user),
            Step::SignOut => Event::SignOutWanted,
            Step::SignedOut => Event::SignedOut,
            Step::ChangePlan => Event::TraitsChanged,
            Step::Answer { .. } if self.requests.is_empty() => return,
            Step::Answer { which, outcome } => self.answer(*which.get(&self.requests), outcome),
            Step::Doubt => Event::SessionMayHaveChanged,
            Step::Restored => Event::Restored,
            Step::HeardOfSession(user) => Event::Heard(News::Session(user)),
            Step::HeardOfTraits => Event::Heard(News::Traits),
            Step::WidgetReady => Event::WidgetReady,
            Step::WidgetLost(problem) => Event::WidgetLost(problem),
            Step::WidgetWanted => Event::WidgetWanted,
            Step::Timer if self.timer.is_none() => return,
            Step::Timer => Event::Timer,
            Step::Woke => Event::Woke,
            Step::Wait(seconds) => return self.wait(Duration::from_secs(seconds)),
            Step::Sleep(seconds) => {
                self.now += Duration::from_secs(seconds);
                return;
            }
        };
        self.happens(event);
    }

    /// The timer runs out as late as it may.
    fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(due) = self.timer.filter(|timer| *timer <= until) {
            self.now = due.max(self.now);
            self.happens(Event::Timer);
        }
        self.now = until;
    }

    /// Whether a token is of any use to the widget.
    pub(crate) fn wants_tokens(&self) -> bool {
        !matches!(
            self.lifecycle.widget(),
            WidgetState::Lost(WidgetProblem::Blocked | WidgetProblem::Stub)
        )
    }

    /// Feeds the machine, keeps account of what it does, and judges it.
    pub(crate) fn happens(&mut self, event: Event<u8, Token>) {
        let was_left = self.left;
        let was_checking = self.checking.is_some();
        let commands = self.lifecycle.handle(event.clone(), self.now);
        assert!(
            !was_left || commands.is_empty() || event == Event::Restored,
            "{commands:?} after the page was left, on {event:?}"
        );
        let asks = |command: &&Command<_, _>| {
            matches!(
                command,
                Command::CheckSession(_) | Command::Mint(_) | Command::EndSession(..)
            )
        };
        assert!(commands.iter().filter(asks).count() <= 1, "{commands:?}");
        self.learn(&event, &commands);
        for command in &commands {
            self.judge(command, &event, was_checking);
        }
        self.judge_waits(&event, &commands);
        self.held = self.lifecycle.token().map(|(token, _)| *token);
    }
}
