//! The backlog that a sandbox starts with and is put back to: customers, what they ask for, and who
//! voted for it.

use std::collections::HashSet;
use std::str::FromStr;

use serde::Deserialize;

use crate::feature::{FEATURES_KEPT, Kind, NewFeature, Status};
use crate::token::{Claims, Sent};

/// How many visitors are kept; beyond it the one not seen for longest is forgotten, with its
/// voices.
pub(crate) const VISITORS_KEPT: usize = 2_000;

/// What a sandbox starts with. The default is an empty backlog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Written")]
pub struct Seed {
    pub(crate) customers: Vec<Claims>,
    pub(crate) requests: Vec<(WrittenRequest, NewFeature)>,
}

/// A text that is no seed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the seed cannot be used: {0}")]
pub struct SeedError(String);

/// The file as it is written: a customer as the claims of their token, and then by its `sub`.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    customers: Vec<Sent>,
    requests: Vec<WrittenRequest>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenRequest {
    #[serde(default)]
    kind: Kind,
    title: String,
    #[serde(default)]
    details: String,
    #[serde(default)]
    pub(crate) status: Status,
    pub(crate) by: String,
    #[serde(default)]
    pub(crate) votes: Vec<String>,
    #[serde(default)]
    pub(crate) days_ago: u16,
}

impl Seed {
    /// The backlog of the demo: customers of every plan, and what they ask for.
    #[must_use]
    pub fn demo() -> Self {
        let seed = include_str!("../seed.json").parse();
        seed.expect("the file is this crate's own, and a test reads it")
    }
}

impl FromStr for Seed {
    type Err = SeedError;

    fn from_str(text: &str) -> Result<Self, SeedError> {
        serde_json::from_str(text).map_err(|error| SeedError(error.to_string()))
    }
}

impl TryFrom<Written> for Seed {
    type Error = String;

    fn try_from(
        Written {
            customers,
            requests,
        }: Written,
    ) -> Result<Self, String> {
        if customers.len() > VISITORS_KEPT || requests.len() > FEATURES_KEPT {
            return Err(format!(
                "the sandbox keeps up to {VISITORS_KEPT} customers and {FEATURES_KEPT} requests"
            ));
        }
        let customers = customers
            .iter()
            .map(Claims::of_customer)
            .collect::<Result<Vec<_>, _>>();
        let customers = customers.map_err(|refusal| refusal.message)?;
        let known: HashSet<&str> = customers.iter().map(|one| one.subject.as_str()).collect();
        let check = |written: &WrittenRequest| {
            let title = &written.title;
            let feature = NewFeature::new(written.kind, title, &written.details)?;
            if !written.kind.is_public() && !written.votes.is_empty() {
                return Err(format!("{title:?} is private and can have no votes"));
            }
            let mut named = written.votes.iter().chain([&written.by]);
            if let Some(stranger) = named.find(|id| !known.contains(id.as_str())) {
                return Err(format!("{title:?} names {stranger:?}, who is no customer"));
            }
            Ok((written.clone(), feature))
        };
        let requests = requests.iter().map(check).collect::<Result<_, _>>()?;
        Ok(Self {
            customers,
            requests,
        })
    }
}
