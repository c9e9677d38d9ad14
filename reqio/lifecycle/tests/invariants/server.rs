//! A server that answers whatever it was ever asked.

use std::time::Duration;

use reqio_lifecycle::{Event, Failure, Ticket};

use crate::{browser::Browser, steps::Outcome, token::Token};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Check,
    Mint,
    EndSession,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    ticket: Ticket,
    kind: Kind,
    sign_in: u32,
    traits: u32,
}

impl Browser {
    pub(crate) fn token(&mut self, user: u8, lifetime: u64, sign_in: u32, asked: u32) -> Token {
        self.tokens += 1;
        let lifetime = Duration::from_secs(lifetime);
        Token {
            number: self.tokens,
            user,
            sign_in,
            traits: (asked, self.traits),
            issued_at: 1_000_000 + self.now.as_secs(),
            lifetime,
            expires_at: self.now + lifetime,
        }
    }

    pub(crate) fn answer(&mut self, request: Request, outcome: Outcome) -> Event<u8, Token> {
        let Request {
            ticket,
            kind,
            sign_in,
            traits,
        } = request;
        let held = self.lifecycle.token().map(|(token, _)| *token);
        let fresh = match (outcome, held) {
            (Outcome::TheSame, Some(held)) => Some(held),
            (Outcome::User(user, lifetime), _) => Some(self.token(user, lifetime, sign_in, traits)),
            (Outcome::Older(user), _) => {
                let token = self.token(user, 300, sign_in, traits);
                let issued_at = token.issued_at.saturating_sub(5_000);
                Some(Token { issued_at, ..token })
            }
            _ => None,
        };
        let failure = match outcome {
            Outcome::Refused => Failure::Unauthorized,
            Outcome::Failed(after) => Failure::Retry(after.map(Duration::from_secs)),
            _ => Failure::Retry(None),
        };
        match (kind, outcome, fresh.map(Token::fresh)) {
            (Kind::Check, _, Some(fresh)) => Event::SessionFound(ticket, Some(fresh)),
            (Kind::Check, Outcome::Nobody, _) => Event::SessionFound(ticket, None),
            (Kind::Check, ..) => Event::SessionUnknown(ticket, failure),
            (Kind::Mint, _, Some(fresh)) => Event::Minted(ticket, fresh),
            (Kind::Mint, ..) => Event::MintFailed(ticket, failure),
            (Kind::EndSession, Outcome::User(..) | Outcome::Nobody, _) => Event::SessionEnded,
            (Kind::EndSession, ..) => Event::SessionEndFailed(ticket, failure),
        }
    }

    pub(crate) fn requests(&mut self, kind: Kind, ticket: Ticket) {
        self.requests.push(Request {
            ticket,
            kind,
            sign_in: self.sign_in,
            traits: self.traits,
        });
    }
}
