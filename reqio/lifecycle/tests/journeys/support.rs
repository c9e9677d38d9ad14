//! A tab with its clock, for the journeys.

use std::time::Duration;

use reqio_lifecycle::{Command, Event, Fresh, Lifecycle, News, Notice, Status, Ticket, Timings};

pub(crate) type Tokens = Fresh<&'static str, &'static str>;
pub(crate) type ToDo = Vec<Command<&'static str, &'static str>>;

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A token that lives for 300 seconds, made later than those with a lower number in their name.
pub(crate) fn fresh(user: &'static str, token: &'static str) -> Tokens {
    let number = token.trim_start_matches(char::is_alphabetic);
    Fresh {
        user,
        token,
        lifetime: seconds(300),
        issued_at: 1_000_000 + number.parse().unwrap_or(0),
    }
}

/// The same token with another life left.
pub(crate) fn lasting(lifetime: u64, fresh: Tokens) -> Tokens {
    Fresh {
        lifetime: seconds(lifetime),
        ..fresh
    }
}

/// A tab whose events happen at the second given.
pub(crate) struct Tab {
    pub(crate) lifecycle: Lifecycle<&'static str, &'static str>,
    /// When the timer runs out at the latest.
    pub(crate) timer: Option<Duration>,
}

impl Tab {
    pub(crate) fn new(notice: Option<Notice>) -> Self {
        Self {
            lifecycle: Lifecycle::new(Timings::default(), notice),
            timer: None,
        }
    }

    /// A page that has loaded and knows who is signed in, with the widget ready.
    pub(crate) fn loaded(session: Option<Tokens>) -> Self {
        let mut tab = Self::new(None);
        let check = ticket(&tab.happens(0, Event::Started));
        tab.happens(0, Event::SessionFound(check, session));
        tab.happens(0, Event::WidgetReady);
        tab
    }

    /// A page whose widget got the token `a1` of ada when it loaded.
    pub(crate) fn identified() -> Self {
        Self::loaded(Some(fresh("ada", "a1")))
    }

    pub(crate) fn happens(&mut self, now: u64, event: Event<&'static str, &'static str>) -> ToDo {
        if event == Event::Timer {
            assert!(self.timer.take().is_some(), "no timer is set at {now}");
        }
        let commands = self.lifecycle.handle(event, seconds(now));
        for command in &commands {
            match command {
                Command::Wake { after, spread } => {
                    self.timer = Some(seconds(now) + *after + *spread);
                }
                Command::Sleep => self.timer = None,
                _ => {}
            }
        }
        assert_eq!(self.timer.is_some(), self.lifecycle.is_timer_set());
        commands
    }

    pub(crate) fn status(&self) -> Status {
        self.lifecycle.status()
    }

    /// When the timer runs out at the latest, in whole seconds.
    pub(crate) fn timer(&self) -> Option<u64> {
        self.timer.map(|timer| timer.as_secs())
    }
}

/// The ticket of the one request among these commands.
pub(crate) fn ticket(commands: &ToDo) -> Ticket {
    let tickets: Vec<_> = commands
        .iter()
        .filter_map(|command| match command {
            Command::CheckSession(ticket)
            | Command::Mint(ticket)
            | Command::EndSession(ticket, _) => Some(*ticket),
            _ => None,
        })
        .collect();
    assert_eq!(tickets.len(), 1, "{commands:?}");
    tickets[0]
}

/// What the widget is told.
pub(crate) fn identifies(commands: &ToDo) -> Vec<&'static str> {
    let identify = |command: &Command<_, _>| match command {
        Command::Identify(token) => Some(*token),
        _ => None,
    };
    commands.iter().filter_map(identify).collect()
}

/// Whether the server is asked for anything.
pub(crate) fn asks(commands: &ToDo) -> bool {
    commands.iter().any(|command| {
        matches!(
            command,
            Command::CheckSession(_) | Command::Mint(_) | Command::EndSession(..)
        )
    })
}

/// What a tab does that leaves its page, having told the others.
pub(crate) fn leaves(notice: Option<Notice>, told: Option<News<&'static str>>) -> ToDo {
    let told = told.map(Command::TellOtherTabs).into_iter();
    told.chain([Command::Sleep, Command::Reload(notice)])
        .collect()
}
