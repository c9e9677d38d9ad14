//! Features, as Reqio's API calls what visitors file: who stands behind them, and what has become
//! of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::visitors::{Requester, Visitor, Visitors};
use crate::error::ApiError;
use crate::feature::{FEATURES_KEPT, NewFeature, Status};
use crate::money::Cents;

/// How many of those behind a feature are named, the most valuable first; the others are counted.
const VOICES_NAMED: usize = 8;

/// A feature that was filed.
#[derive(Debug)]
pub(crate) struct Feature {
    pub(crate) id: i64,
    pub(crate) new: NewFeature,
    pub(crate) status: Status,
    /// In seconds since 1970.
    pub(crate) created_at: i64,
    author: Visitor,
    /// Who stands behind it, its author included; each counts once.
    pub(crate) voices: BTreeSet<Visitor>,
    /// Number and time of the last change of its status. The number grows with every change.
    changed: Option<(u64, i64)>,
}

/// A feature in the team's backlog.
pub(crate) struct BacklogEntry<'a> {
    pub(crate) feature: &'a Feature,
    /// What everyone behind it pays a month. Free and anonymous voices add nothing.
    pub(crate) monthly_revenue: Cents,
    /// Who is behind it, the most valuable first. An anonymous visitor is no requester.
    pub(crate) who: Vec<Option<&'a Requester>>,
}

/// Everything that was filed.
#[derive(Debug, Default)]
pub(crate) struct Features {
    filed: BTreeMap<i64, Feature>,
    changes: u64,
}

impl Features {
    /// Files a feature, with its author as the first voice behind it.
    pub(crate) fn file(
        &mut self,
        new: NewFeature,
        status: Status,
        author: &Visitor,
        created_at: i64,
    ) -> Result<&mut Feature, ApiError> {
        if self.filed.len() >= FEATURES_KEPT {
            return Err(ApiError::BacklogFull);
        }
        let id = self.filed.last_key_value().map_or(1, |(last, _)| last + 1);
        Ok(self.filed.entry(id).or_insert(Feature {
            id,
            new,
            status,
            created_at,
            author: author.clone(),
            voices: BTreeSet::from([author.clone()]),
            changed: None,
        }))
    }

    /// Adds a voice to a public feature, or takes it back. Saying it twice changes nothing.
    pub(crate) fn vote(
        &mut self,
        id: i64,
        voter: &Visitor,
        upvote: bool,
    ) -> Result<&Feature, ApiError> {
        let feature = self
            .filed
            .get_mut(&id)
            .filter(|feature| feature.new.kind.is_public());
        let feature = feature.ok_or(ApiError::NotFound)?;
        if upvote {
            feature.voices.insert(voter.clone());
        } else if feature.author == *voter {
            return Err(ApiError::OwnFeature);
        } else {
            feature.voices.remove(voter);
        }
        Ok(feature)
    }

    /// Changes a feature's status, of which everyone behind it is told.
    pub(crate) fn set_status(&mut self, id: i64, status: Status, now: i64) -> Result<(), ApiError> {
        let feature = self.filed.get_mut(&id).ok_or(ApiError::NotFound)?;
        if feature.status != status {
            self.changes += 1;
            feature.status = status;
            feature.changed = Some((self.changes, now));
        }
        Ok(())
    }

    pub(crate) fn public(&self, visitor: Option<&Visitor>) -> Value {
        self.list(visitor, |feature| feature.new.kind.is_public())
    }

    pub(crate) fn mine(&self, visitor: Option<&Visitor>) -> Value {
        self.list(visitor, |feature| Some(&feature.author) == visitor)
    }

    /// Those with most voices come first: that is what a visitor may know of the ranking.
    fn list(&self, visitor: Option<&Visitor>, which: impl Fn(&&Feature) -> bool) -> Value {
        let mut listed: Vec<&Feature> = self.filed.values().filter(which).collect();
        listed.sort_by_key(|feature| Reverse((feature.voices.len(), feature.id)));
        listed
            .into_iter()
            .map(|feature| feature.seen_by(visitor))
            .collect()
    }

    /// What has become of the features that the visitor stands behind, the newest change first.
    pub(crate) fn notifications(&self, visitor: Option<&Visitor>) -> Value {
        let told = |feature: &&Feature| visitor.is_some_and(|one| feature.voices.contains(one));
        let mut changed: Vec<&Feature> = self.filed.values().filter(told).collect();
        changed.sort_by_key(|feature| Reverse(feature.changed));
        let one = |feature: &Feature| {
            let (id, at) = feature.changed?;
            let (title, status) = (&feature.new.title, feature.status);
            Some(json!({
                "id": id, "feature_id": feature.id, "created_at": at,
                "title": title, "status": status
            }))
        };
        changed.into_iter().filter_map(one).collect()
    }

    /// The most valuable first; of equals the one with more voices, then the older.
    pub(super) fn backlog<'a>(&'a self, visitors: &'a Visitors) -> Vec<BacklogEntry<'a>> {
        let monthly = |one: &Option<&Requester>| one.and_then(|one| one.monthly_amount);
        let entry = |feature: &'a Feature| {
            let voices = feature.voices.iter();
            let mut who: Vec<_> = voices.map(|voice| visitors.requester(voice)).collect();
            who.sort_by_key(|one| Reverse((monthly(one).unwrap_or(Cents(0)), one.is_some())));
            let revenue = who.iter().filter_map(monthly).map(|cents| cents.0).sum();
            let monthly_revenue = Cents(revenue);
            BacklogEntry {
                feature,
                monthly_revenue,
                who,
            }
        };
        let mut backlog: Vec<_> = self.filed.values().map(entry).collect();
        backlog.sort_by_key(|entry| Reverse((entry.monthly_revenue, entry.who.len())));
        backlog
    }

    /// Takes back every voice of somebody who is forgotten.
    pub(super) fn forget(&mut self, visitor: &Visitor) {
        for feature in self.filed.values_mut() {
            feature.voices.remove(visitor);
        }
    }
}

impl<'a> BacklogEntry<'a> {
    /// Those who are named.
    pub(crate) fn named(&self) -> &[Option<&'a Requester>] {
        &self.who[..self.who.len().min(VOICES_NAMED)]
    }
}

impl Feature {
    /// The feature as one visitor sees it.
    pub(crate) fn seen_by(&self, visitor: Option<&Visitor>) -> Value {
        let mut seen = self.to_json();
        seen["voices"] = self.voices.len().into();
        seen["upvoted"] = visitor.is_some_and(|one| self.voices.contains(one)).into();
        seen["mine"] = (Some(&self.author) == visitor).into();
        seen
    }

    /// What everybody who may see the feature sees of it.
    pub(crate) fn to_json(&self) -> Value {
        let NewFeature {
            kind,
            title,
            details,
        } = &self.new;
        json!({
            "id": self.id, "kind": kind, "title": title, "details": details,
            "status": self.status, "created_at": self.created_at
        })
    }
}
