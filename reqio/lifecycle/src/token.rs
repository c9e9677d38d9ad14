//! A signed-in user, the token held, and the one that is to come.

use std::time::Duration;

use crate::{Fresh, Status, Ticket, Timings, TokenProblem, WidgetState};

/// A user and the token that says so.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn<U, T> {
    pub(crate) user: U,
    pub(crate) held: Option<Held<T>>,
    pub(crate) mint: Mint,
    /// When the last token was made that was passed over for an older one.
    pub(crate) passed_over: Option<u64>,
}

/// A token that has arrived.
#[derive(Clone, Debug)]
pub(crate) struct Held<T> {
    pub(crate) token: T,
    pub(crate) refresh_at: Duration,
    pub(crate) expires_at: Duration,
    pub(crate) issued_at: u64,
    /// Whether the widget has it.
    pub(crate) given: bool,
}

/// The next token.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mint {
    /// Not due yet.
    Idle,
    /// Asked for, after so many failures in a row.
    UnderWay { ticket: Ticket, failures: u32 },
    /// Failed so many times in a row, to be asked for again.
    Waiting {
        failures: u32,
        problem: TokenProblem,
    },
}

impl<T: PartialEq> Held<T> {
    pub(crate) fn new<U>(fresh: Fresh<U, T>, now: Duration, timings: &Timings) -> Self {
        Self {
            token: fresh.token,
            refresh_at: now.saturating_add(timings.refresh_after(fresh.lifetime)),
            expires_at: now.saturating_add(fresh.lifetime),
            issued_at: fresh.issued_at,
            given: false,
        }
    }

    pub(crate) fn is_good(&self, now: Duration) -> bool {
        now < self.expires_at
    }

    /// How late the next token may be asked for, at most: a tenth of the wait, and never more than
    /// half of what is left.
    pub(crate) fn spread(&self, after: Duration) -> Duration {
        (after / 10).min((self.expires_at - self.refresh_at) / 2)
    }
}

impl<U: Clone, T: PartialEq> SignedIn<U, T> {
    pub(crate) fn new(user: U, held: Option<Held<T>>) -> Self {
        Self {
            user,
            held,
            mint: Mint::Idle,
            passed_over: None,
        }
    }

    pub(crate) fn is_due(&self, now: Duration) -> bool {
        self.held.as_ref().is_none_or(|held| now >= held.refresh_at)
    }

    /// Whether a request for a token is under way.
    pub(crate) fn is_asking(&self) -> bool {
        matches!(self.mint, Mint::UnderWay { .. })
    }

    /// What is wrong with a token that has just arrived, if it is no better than none.
    pub(crate) fn problem(
        &self,
        fresh: &Fresh<U, T>,
        now: Duration,
        timings: &Timings,
    ) -> Option<TokenProblem> {
        if fresh.lifetime < timings.shortest_life {
            return Some(TokenProblem::Expired);
        }
        let held = self.held.as_ref()?;
        // Of a cache, the same old token comes again and again. Of a server whose clock was set
        // back, each token is newer than the one before.
        let moves_on = self
            .passed_over
            .is_some_and(|before| before < fresh.issued_at);
        let is_older = fresh.issued_at < held.issued_at && held.is_good(now) && !moves_on;
        (fresh.token == held.token || is_older).then_some(TokenProblem::NotNewer)
    }

    pub(crate) fn status(&self, widget: WidgetState) -> Status {
        match (widget, &self.held, self.mint) {
            (WidgetState::Lost(problem), ..) => Status::Blocked(problem),
            (_, _, Mint::Waiting { problem, .. }) => Status::Retrying(problem),
            (_, None, _) => Status::Identifying,
            (WidgetState::Absent | WidgetState::Loading, ..) => Status::WaitingForWidget,
            (_, Some(held), Mint::UnderWay { .. }) if held.given => Status::Refreshing,
            (_, Some(held), Mint::Idle) if held.given => Status::Identified,
            (_, Some(_), _) => Status::Identifying,
        }
    }
}
