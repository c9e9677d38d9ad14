//! What was decided about each request, for those who look for the reason.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::faults::hold;
use crate::token::shown;

/// Beyond it the oldest are dropped.
const VERDICTS_KEPT: usize = 1_000;

const VERDICTS_ANSWERED: usize = 50;

/// As much as is kept of a token's header, and of its claims, in bytes of JSON.
const LONGEST_PART: usize = 1_024;

/// The verdict on one request.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verdict {
    /// Grows with every verdict that is kept.
    pub id: i64,
    /// When it fell, in seconds since 1970.
    pub decided_at: i64,
    /// The method of the request.
    pub method: String,
    /// The path of the request, without its query.
    pub path: String,
    /// The subject of a believed token, or `anonymous`; `None` where the token was refused.
    pub who: Option<String>,
    /// False where a token was sent and refused.
    pub accepted: bool,
    /// The code of the refusal.
    pub code: Option<String>,
    /// The verdict in a sentence; of a refusal, with the way to fix it.
    pub message: String,
    /// The first 8 hex digits of the token's SHA-256, which tell two tokens apart.
    pub token_id: Option<String>,
    /// The token's header as it was sent, up to 1 KiB of it.
    pub header: Option<Box<RawValue>>,
    /// The token's claims as they were sent, up to 1 KiB of them.
    pub claims: Option<Box<RawValue>>,
}

/// Which verdicts are asked for, and how long to wait for one. What is left out does not matter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerdictQuery {
    /// Those that came after the one with this id.
    pub since: i64,
    /// Those that came before the one with this id.
    pub before: Option<i64>,
    /// The subject of a believed token, or `anonymous`.
    pub who: Option<String>,
    /// The first 8 hex digits of the token's SHA-256.
    pub token_id: Option<String>,
    /// Whether they were accepted.
    pub accepted: Option<bool>,
    /// The code of the refusal.
    pub code: Option<String>,
    /// How long to wait for one of them.
    #[serde(deserialize_with = "hold")]
    pub wait: Duration,
}

impl VerdictQuery {
    fn asks_for(&self, verdict: &&Verdict) -> bool {
        let is = |asked: &Option<String>, said| asked.is_none() || asked == said;
        verdict.id > self.since
            && self.before.is_none_or(|before| verdict.id < before)
            && self.accepted.unwrap_or(verdict.accepted) == verdict.accepted
            && is(&self.who, &verdict.who)
            && is(&self.token_id, &verdict.token_id)
            && is(&self.code, &verdict.code)
    }
}

/// The newest of a token's verdicts that say the same, and on how many requests it fell.
pub(crate) type TokenVerdict = (Verdict, usize);

#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    /// The newest first.
    kept: VecDeque<Verdict>,
    last_id: i64,
}

impl Verdicts {
    /// Keeps one more, and gives it its id.
    pub(crate) fn record(&mut self, mut verdict: Verdict) {
        self.last_id += 1;
        verdict.id = self.last_id;
        self.kept.truncate(VERDICTS_KEPT - 1);
        self.kept.push_front(verdict);
    }

    /// Forgets them. No id is given again, so that "since this one" keeps its meaning.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }

    /// The newest 50 of those asked for, the newest first.
    pub(crate) fn find(&self, query: &VerdictQuery) -> Vec<Verdict> {
        let found = self.kept.iter().filter(|verdict| query.asks_for(verdict));
        found.take(VERDICTS_ANSWERED).cloned().collect()
    }

    /// The newest 50 on tokens, those that say the same of the same token as one.
    pub(crate) fn of_tokens(&self) -> Vec<TokenVerdict> {
        let mut found: Vec<TokenVerdict> = Vec::new();
        let is_on_token = |verdict: &&Verdict| verdict.token_id.is_some();
        for verdict in self.kept.iter().filter(is_on_token) {
            let is_same = |(newest, _): &TokenVerdict| {
                newest.token_id == verdict.token_id && newest.code == verdict.code
            };
            match found.iter().position(is_same) {
                Some(known) => found[known].1 += 1,
                None if found.len() == VERDICTS_ANSWERED => {}
                None => found.push((verdict.clone(), 1)),
            }
        }
        found
    }
}

/// As much of a token's header or claims as is kept: how much they say is up to whoever sends them.
/// Where it is too much, the members that are read are kept, each cut short.
pub(crate) fn cut(part: Option<&Value>) -> Option<Box<RawValue>> {
    let part = part.filter(|part| part.is_object())?;
    if part.to_string().len() <= LONGEST_PART {
        return to_raw_value(part).ok();
    }
    let read = ["alg", "sub", "email", "traits", "aud", "iat", "exp", "nbf"];
    let kept = read.into_iter().filter_map(|name| match part.get(name)? {
        number @ Value::Number(_) => Some((name, number.clone())),
        other => Some((name, shown(other).into())),
    });
    let cut = ("…", "cut: the sandbox keeps 1 KiB".into());
    to_raw_value(&kept.chain([cut]).collect::<BTreeMap<_, Value>>()).ok()
}
