//! What the sandbox remembers, as long as it runs: plain structs, which
//! [`Sandbox`](crate::Sandbox) keeps behind one lock.

mod features;
mod verdicts;
mod visitors;

use crate::seed::Seed;
use crate::token::Claims;

pub(crate) use features::{BacklogEntry, Features};
pub(crate) use verdicts::{TokenVerdict, Verdicts, cut};
pub use verdicts::{Verdict, VerdictQuery};
pub use visitors::Requester;
pub(crate) use visitors::{Visitor, Visitors};

const SECONDS_A_DAY: i64 = 86_400;

/// Everything that is remembered.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) visitors: Visitors,
    pub(crate) features: Features,
    pub(crate) verdicts: Verdicts,
    /// What a reset goes back to.
    pub(crate) seed: Seed,
}

impl Memory {
    /// Forgets everything and starts over with the seed's backlog.
    pub(crate) fn reset(&mut self, now: i64) {
        let seed = self.seed.clone();
        (self.visitors, self.features) = (Visitors::default(), Features::default());
        self.verdicts.clear();
        for claims in &seed.customers {
            self.admit(claims, now);
        }
        let customer = |id: &String| Visitor::Identified(id.as_str().into());
        for (request, new) in &seed.requests {
            let filed_at = now.saturating_sub(i64::from(request.days_ago) * SECONDS_A_DAY);
            let author = customer(&request.by);
            // There is room for all: a seed has no more requests than are kept.
            let filed = self
                .features
                .file(new.clone(), request.status, &author, filed_at);
            if let Ok(filed) = filed {
                filed.voices.extend(request.votes.iter().map(customer));
            }
        }
    }

    /// Keeps what a believed token says of its user.
    pub(crate) fn admit(&mut self, claims: &Claims, now: i64) -> Visitor {
        let visitor = Visitor::Identified(claims.subject.as_str().into());
        self.see(&visitor);
        self.visitors.describe(&visitor, claims, now);
        visitor
    }

    /// Keeps that a visitor who leaves something behind was seen.
    pub(crate) fn see(&mut self, visitor: &Visitor) {
        if let Some(forgotten) = self.visitors.see(visitor) {
            self.features.forget(&forgotten);
        }
    }

    /// The team's backlog, the most valuable feature first.
    pub(crate) fn backlog(&self) -> Vec<BacklogEntry<'_>> {
        self.features.backlog(&self.visitors)
    }
}
