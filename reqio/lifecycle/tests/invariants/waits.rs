//! How long the machine may wait for what comes next, whatever happened before.

use std::time::Duration;

use reqio_lifecycle::{Command, Event, Failure, Status};

use crate::{browser::Browser, token::Token};

const LIMIT: Duration = Duration::from_secs(15);
const LONGEST: Duration = Duration::from_secs(30);
const LONGEST_ASKED: Duration = Duration::from_secs(300);

/// How often in a row each kind of request failed.
#[derive(Default)]
pub(crate) struct Failures {
    pub(crate) check: u32,
    pub(crate) mint: u32,
    pub(crate) end: u32,
}

/// The wait that so many failures in a row cost, at least.
fn own(failures: u32) -> Duration {
    Duration::from_secs(1 << (failures - 1).min(5)).min(LONGEST)
}

impl Browser {
    pub(crate) fn judge_waits(
        &mut self,
        event: &Event<u8, Token>,
        commands: &[Command<u8, Token>],
    ) {
        let given_until = self.lifecycle.given_until();
        assert!(
            given_until >= self.given_until,
            "a token taken back, on {event:?}"
        );
        self.given_until = given_until;
        assert_eq!(self.timer.is_some(), self.lifecycle.is_timer_set());
        let is_asking = [self.checking, self.minting, self.ending] != [None; 3];
        if is_asking {
            let timer = self.timer.unwrap_or(Duration::MAX);
            assert!(timer <= self.now + LIMIT, "no end in sight, on {event:?}");
            return;
        }
        match self.lifecycle.status() {
            Status::Leaving => assert_eq!(self.timer, None),
            Status::Anonymous | Status::SignedOutElsewhere if self.failures.check == 0 => {
                assert_eq!(self.timer, None);
            }
            Status::Anonymous | Status::SignedOutElsewhere | Status::Starting => {
                self.judge_retry(self.failures.check, event, commands);
            }
            _ if self.sign_out_wanted => self.judge_retry(self.failures.check, event, commands),
            Status::SigningOut | Status::SignOutUnfinished => {
                self.judge_retry(self.failures.end, event, commands);
            }
            // Nobody is waiting for a token.
            _ if !self.wants_tokens() => assert_eq!(self.timer, None),
            _ if self.failures.mint > 0 => self.judge_retry(self.failures.mint, event, commands),
            status => {
                let (token, expires_at) = self.lifecycle.token().unwrap();
                let timer = self.timer.unwrap_or(Duration::MAX);
                let margin = token.lifetime / 4;
                assert!(
                    timer.saturating_add(margin) <= expires_at,
                    "{status:?}: renewed at {timer:?}, expires at {expires_at:?}, on {event:?}"
                );
            }
        }
    }

    /// What failed is tried again: not too soon, not too late.
    fn judge_retry(
        &self,
        failures: u32,
        event: &Event<u8, Token>,
        commands: &[Command<u8, Token>],
    ) {
        let asked = match event {
            Event::MintFailed(_, Failure::Retry(Some(asked)))
            | Event::SessionUnknown(_, Failure::Retry(Some(asked)))
            | Event::SessionEndFailed(_, Failure::Retry(Some(asked))) => *asked,
            _ => Duration::ZERO,
        }
        .min(LONGEST_ASKED);
        for command in commands {
            if let Command::Wake { after, spread } = command {
                assert!(*after >= own(failures).max(asked), "too soon, on {event:?}");
                let longest = LONGEST.max(asked);
                let latest = longest + longest / 2;
                assert!(*after + *spread <= latest, "too late, on {event:?}");
            }
        }
        let timer = self.timer.unwrap_or(Duration::MAX);
        assert!(
            timer <= self.now + LONGEST_ASKED + LONGEST_ASKED / 2,
            "nothing ahead, on {event:?}"
        );
    }
}
