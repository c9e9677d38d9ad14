//! Who was seen: requesters, identified by a believed token, and anonymous visitors.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::money::{Cents, Interval};
use crate::seed::VISITORS_KEPT;
use crate::token::Claims;

/// By what a visitor is known again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Visitor {
    /// The subject of a believed token.
    Identified(Arc<str>),
    /// The random id of a widget.
    Anonymous(Arc<str>),
}

/// An identified user, as the latest of their tokens describes them.
#[derive(Debug, Clone, Serialize)]
pub struct Requester {
    /// The subject of their tokens.
    pub id: String,
    /// Where they can be written to.
    pub email: Option<String>,
    /// The name of their plan.
    pub plan: Option<String>,
    /// What they are charged, as billed.
    pub amount: Option<Cents>,
    /// How often they are charged it.
    pub interval: Option<Interval>,
    /// What they are worth a month.
    pub monthly_amount: Option<Cents>,
    /// When they were first seen, in seconds since 1970.
    pub first_seen_at: i64,
    /// When they were last seen, in seconds since 1970.
    pub last_seen_at: i64,
    /// When the token that describes them was minted.
    #[serde(skip)]
    issued_at: i64,
}

/// What is known of a visitor.
#[derive(Debug, Default)]
struct Seen {
    requester: Option<Requester>,
    /// Grows with everybody who is seen: who has the smallest was not seen for longest.
    turn: u64,
}

/// Everyone who was seen.
#[derive(Debug, Default)]
pub(crate) struct Visitors {
    seen: HashMap<Visitor, Seen>,
    turns: u64,
}

impl Visitors {
    /// Keeps that somebody was seen, and answers who is forgotten for them, if anybody is.
    pub(super) fn see(&mut self, visitor: &Visitor) -> Option<Visitor> {
        self.turns += 1;
        self.seen.entry(visitor.clone()).or_default().turn = self.turns;
        if self.seen.len() <= VISITORS_KEPT {
            return None;
        }
        let (oldest, _) = self.seen.iter().min_by_key(|(_, seen)| seen.turn)?;
        let oldest = oldest.clone();
        self.seen.remove(&oldest);
        Some(oldest)
    }

    /// Keeps what a believed token says of somebody who was seen. Of two tokens the one that was
    /// minted later counts, whichever comes first.
    pub(super) fn describe(&mut self, visitor: &Visitor, claims: &Claims, now: i64) {
        let known = &mut self.seen.entry(visitor.clone()).or_default().requester;
        let (first_seen_at, last_seen_at) = known.as_ref().map_or((now, now), |known| {
            (known.first_seen_at, known.last_seen_at.max(now))
        });
        let is_newer = |known: &&mut Requester| known.issued_at > claims.issued_at;
        if let Some(known) = known.as_mut().filter(is_newer) {
            known.last_seen_at = last_seen_at;
            return;
        }
        *known = Some(Requester {
            id: claims.subject.clone(),
            email: claims.email.clone(),
            plan: claims.traits.plan.clone(),
            amount: claims.traits.amount,
            interval: claims.traits.interval,
            monthly_amount: claims.traits.monthly_amount(),
            first_seen_at,
            last_seen_at,
            issued_at: claims.issued_at,
        });
    }

    /// The requester that a visitor is, if they are identified.
    pub(crate) fn requester(&self, visitor: &Visitor) -> Option<&Requester> {
        self.seen.get(visitor)?.requester.as_ref()
    }

    /// All requesters, the most valuable first.
    pub(crate) fn requesters(&self) -> Vec<Requester> {
        let all = self.seen.values().filter_map(|seen| seen.requester.clone());
        let mut all: Vec<Requester> = all.collect();
        let worth = |one: &Requester| Reverse((one.monthly_amount, one.last_seen_at));
        all.sort_by_cached_key(|one| (worth(one), one.id.clone()));
        all
    }
}
