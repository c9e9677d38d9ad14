//! The token of a signed-in user: asked for, held, renewed well before it expires.

use std::time::Duration;

use crate::{Command, Failure, Fresh, Lifecycle, Notice, State, Ticket, Widget, machine::Stage};

/// A user and the token that says so.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn<U, T> {
    pub(crate) user: U,
    pub(crate) held: Option<Held<T>>,
    pub(crate) mint: Mint,
}

/// A token that has arrived.
#[derive(Clone, Debug)]
pub(crate) struct Held<T> {
    pub(crate) token: T,
    pub(crate) refresh_at: Duration,
    pub(crate) expires_at: Duration,
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
    /// Refused so many times in a row, to be asked for again.
    Waiting { failures: u32 },
}

impl<T> Held<T> {
    fn new<U>(fresh: Fresh<U, T>, now: Duration, given: bool) -> Self {
        // Two thirds into its life, a token of 300 seconds has 100 left for a server that is slow
        // or away.
        let refresh_at = now + fresh.lifetime * 2 / 3;
        Self {
            token: fresh.token,
            refresh_at,
            expires_at: now + fresh.lifetime,
            given,
        }
    }

    pub(crate) fn is_good(&self, now: Duration) -> bool {
        now < self.expires_at
    }
}

impl<U: Clone, T> SignedIn<U, T> {
    pub(crate) fn without_token(user: U) -> Self {
        Self {
            user,
            held: None,
            mint: Mint::Idle,
        }
    }

    pub(crate) fn with_token(fresh: Fresh<U, T>, now: Duration) -> Self {
        Self {
            user: fresh.user.clone(),
            held: Some(Held::new(fresh, now, false)),
            mint: Mint::Idle,
        }
    }

    /// The script reads its tag when it runs, so there is nothing left to hand over.
    pub(crate) fn with_token_on_the_tag(fresh: Fresh<U, T>, now: Duration) -> Self {
        Self {
            user: fresh.user.clone(),
            held: Some(Held::new(fresh, now, true)),
            mint: Mint::Idle,
        }
    }

    pub(crate) fn is_due(&self, now: Duration) -> bool {
        self.held.as_ref().is_none_or(|held| now >= held.refresh_at)
    }

    pub(crate) fn state(&self, widget: Widget) -> State {
        match (&self.held, self.mint) {
            (_, Mint::Waiting { .. }) => State::Retrying,
            (None, _) => State::Identifying,
            (Some(_), _) if widget != Widget::Ready => State::WaitingForWidget,
            (Some(held), Mint::UnderWay { .. }) if held.given => State::Refreshing,
            (Some(held), Mint::Idle) if held.given => State::Identified,
            (Some(_), _) => State::Identifying,
        }
    }
}

impl<U: Clone + PartialEq, T: Clone> Lifecycle<U, T> {
    /// Asks for a token, after `failures` in a row. Whoever calls has made sure that none is on its
    /// way.
    pub(crate) fn mint(&mut self, failures: u32) {
        let ticket = self.ticket();
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        signed_in.mint = Mint::UnderWay { ticket, failures };
        self.commands.push(Command::Mint(ticket));
        self.wake_at_limit();
    }

    /// Asks for a token that knows what has just changed, whatever is on its way.
    pub(crate) fn mint_anew(&mut self) {
        self.abandon_mint();
        self.mint(0);
    }

    pub(crate) fn abandon_mint(&mut self) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        if let Mint::UnderWay { ticket, .. } = std::mem::replace(&mut signed_in.mint, Mint::Idle) {
            self.commands.push(Command::Abandon(ticket));
        }
    }

    pub(crate) fn minted(&mut self, answered: Ticket, fresh: Fresh<U, T>, now: Duration) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        match signed_in.mint {
            Mint::UnderWay { ticket, .. } if ticket == answered => {}
            _ => return,
        }
        if signed_in.user != fresh.user {
            // The session became somebody else's. Their token is not for a page that shows this
            // user.
            self.leave(None);
            return;
        }
        signed_in.mint = Mint::Idle;
        signed_in.held = Some(Held::new(fresh, now, false));
        self.wake_for_refresh(now);
        self.hand_over(now);
    }

    pub(crate) fn mint_failed(&mut self, answered: Ticket, failure: Failure) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        let failures = match signed_in.mint {
            Mint::UnderWay { ticket, failures } if ticket == answered => failures.saturating_add(1),
            _ => return,
        };
        if failure == Failure::Unauthorized {
            self.leave(Some(Notice::SignedOutElsewhere));
            return;
        }
        signed_in.mint = Mint::Waiting { failures };
        self.wake_after_failure(failures, failure);
    }

    /// Gives the widget the token, if there is a widget, a good token, and the widget does not have
    /// it yet.
    pub(crate) fn hand_over(&mut self, now: Duration) {
        let Stage::SignedIn(signed_in) = &mut self.stage else {
            return;
        };
        let Some(held) = &mut signed_in.held else {
            return;
        };
        if self.widget == Widget::Ready && !held.given && held.is_good(now) {
            held.given = true;
            self.commands.push(Command::Identify(held.token.clone()));
        }
    }

    /// Sets the timer for the next token: up to a tenth of the wait late, long before the token
    /// expires.
    pub(crate) fn wake_for_refresh(&mut self, now: Duration) {
        let Stage::SignedIn(SignedIn {
            held: Some(held), ..
        }) = &self.stage
        else {
            return;
        };
        let after = held.refresh_at.saturating_sub(now);
        self.wake(after, after / 10);
    }
}
