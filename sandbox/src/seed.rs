//! The backlog that a sandbox starts with and is put back to: customers, what they ask for, and who
//! voted for it.

use std::collections::HashMap;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::Value;

use crate::feature::{Kind, NewFeature, Status};
use crate::store::{FEATURES_KEPT, VISITORS_KEPT};
use crate::token::Claims;

/// What a sandbox starts with. The default is an empty backlog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Written")]
pub struct Seed {
    pub(crate) customers: Vec<Claims>,
    pub(crate) requests: Vec<Request>,
}

/// A feature to file, with its customers by their places in the list.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) feature: NewFeature,
    pub(crate) status: Status,
    pub(crate) by: usize,
    pub(crate) votes: Vec<usize>,
    pub(crate) days_ago: u16,
}

/// A text that is no seed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the seed cannot be used: {0}")]
pub struct SeedError(String);

/// The file as it is written: a customer as the claims of their token, and then by its `sub`.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    customers: Vec<Value>,
    requests: Vec<WrittenRequest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRequest {
    #[serde(default)]
    kind: Kind,
    title: String,
    #[serde(default)]
    details: String,
    #[serde(default)]
    status: Status,
    by: String,
    #[serde(default)]
    votes: Vec<String>,
    #[serde(default)]
    days_ago: u16,
}

impl Seed {
    /// The backlog of the demo: customers of every plan, and what they ask for.
    #[must_use]
    pub fn demo() -> Self {
        include_str!("../seed.json")
            .parse()
            .expect("the file is this crate's own, and a test reads it")
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

    fn try_from(written: Written) -> Result<Self, String> {
        let Written {
            customers,
            requests,
        } = written;
        if customers.len() > VISITORS_KEPT || requests.len() > FEATURES_KEPT {
            return Err(format!(
                "the sandbox keeps up to {VISITORS_KEPT} customers and {FEATURES_KEPT} requests"
            ));
        }
        let customers: Vec<Claims> = customers
            .iter()
            .map(|customer| Claims::of_customer(customer).map_err(|refusal| refusal.message))
            .collect::<Result<_, _>>()?;
        let places: HashMap<&str, usize> = customers
            .iter()
            .enumerate()
            .map(|(place, customer)| (customer.subject.as_str(), place))
            .collect();
        let requests = requests
            .into_iter()
            .map(|request| request.checked(&places))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            customers,
            requests,
        })
    }
}

impl WrittenRequest {
    fn checked(self, places: &HashMap<&str, usize>) -> Result<Request, String> {
        let title = self.title;
        if !self.kind.is_public() && !self.votes.is_empty() {
            return Err(format!("{title:?} is private and can have no votes"));
        }
        let place = |id: &String| {
            let known = places.get(id.as_str()).copied();
            known.ok_or_else(|| format!("{title:?} names {id:?}, who is no customer"))
        };
        Ok(Request {
            by: place(&self.by)?,
            votes: self.votes.iter().map(place).collect::<Result<_, _>>()?,
            feature: NewFeature::new(self.kind, &title, &self.details)?,
            status: self.status,
            days_ago: self.days_ago,
        })
    }
}
