//! The sandbox's own pages. Their HTML is in `templates/`, and escapes whatever is put into it.

use askama::Template;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::memory::{BacklogEntry, Requester, TokenVerdict, Verdict};
use crate::money::{Cents, show};

/// How many requests the compact backlog shows.
pub(crate) const COMPACT: usize = 5;

/// The backlog as a team sees it: what is asked for, by whom, and what they pay a month. Or the
/// compact one, for a frame on the page of an app, with what that page's visitor adds.
#[derive(Template)]
#[template(path = "backlog.html")]
pub(crate) struct Backlog<'a> {
    pub(crate) title: &'static str,
    pub(crate) config: &'a Config,
    pub(crate) now: i64,
    pub(crate) entries: &'a [BacklogEntry<'a>],
    /// In cents, what the bars are in proportion to: by attributes, as no style is let in.
    pub(crate) largest: i64,
    pub(crate) compact: bool,
    /// The subject of whoever looks at it.
    pub(crate) visitor: Option<&'a str>,
}

impl Backlog<'_> {
    fn money(&self, cents: &Cents) -> String {
        show(&self.config.currency, *cents)
    }

    /// Where others reach the sandbox, an address is nobody's business.
    fn name<'a>(&self, one: &'a Requester) -> &'a str {
        let email = one.email.as_ref().filter(|_| !self.config.is_shared());
        email.unwrap_or(&one.id)
    }

    /// What the one who looks adds to an entry, if they stand behind it.
    fn own(&self, entry: &BacklogEntry<'_>) -> Option<Cents> {
        let mut who = entry.who.iter().flatten();
        let own = who.find(|one| self.visitor == Some(one.id.as_str()))?;
        own.monthly_amount.or(Some(Cents(0)))
    }

    /// Who stands behind an entry, in words: all that the bar's second color says is here too.
    fn people(&self, entry: &BacklogEntry<'_>) -> String {
        let amounts = entry
            .who
            .iter()
            .flatten()
            .filter_map(|one| one.monthly_amount);
        let (voices, paying) = (entry.who.len(), amounts.filter(|cents| cents.0 > 0).count());
        let all = match (voices, paying) {
            (0, _) => "nobody any more".to_owned(),
            (1, 0) => "1 person, not paying".to_owned(),
            (1, _) => "1 customer".to_owned(),
            (_, 0) => format!("{voices} people, none of them paying"),
            _ if voices == paying => format!("{voices} customers"),
            _ => format!("{voices} people, {paying} of them paying"),
        };
        match self.own(entry) {
            None => all,
            Some(_) if voices == 1 => format!("{all}: you"),
            Some(Cents(0)) => format!("{all}, you among them"),
            Some(own) => format!("{all}, you among them with {}", self.money(&own)),
        }
    }
}

/// The last verdicts on tokens, and a box to have one judged.
#[derive(Template)]
#[template(path = "identity.html")]
pub(crate) struct Identity<'a> {
    pub(crate) title: &'static str,
    pub(crate) config: &'a Config,
    pub(crate) now: i64,
    pub(crate) verdicts: &'a [TokenVerdict],
    /// The verdict on the token in the box.
    pub(crate) pasted: Option<&'a Verdict>,
    pub(crate) compact: bool,
}

/// Whom a token speaks of: by email where it has one, and then the id.
fn named(verdict: &Verdict) -> (String, String) {
    let claims = object(&verdict.claims);
    let text = |name| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    match (text("email"), text("sub")) {
        (Some(email), id) => (email, id.unwrap_or_default()),
        (None, id) => (id.unwrap_or_else(|| "Somebody".into()), String::new()),
    }
}

/// A token's header or claims, a line for each member: however they nest, they stay as long.
fn members(part: &Option<Box<RawValue>>) -> String {
    let line = |(name, value): (&String, &Value)| format!("{name}: {value}\n");
    object(part).iter().map(line).collect()
}

fn object(part: &Option<Box<RawValue>>) -> Map<String, Value> {
    let object = part
        .as_ref()
        .and_then(|part| serde_json::from_str(part.get()).ok());
    object.unwrap_or_default()
}

/// How long ago something was.
fn ago(now: &i64, then: &i64) -> String {
    match now.saturating_sub(*then).max(0) {
        0..=4 => "just now".to_owned(),
        seconds @ 5..=119 => format!("{seconds} s ago"),
        seconds @ 120..=7_199 => format!("{} min ago", seconds / 60),
        seconds @ 7_200..=172_799 => format!("{} h ago", seconds / 3_600),
        seconds => format!("{} days ago", seconds / 86_400),
    }
}
