//! The traits of a user: the plan, and the recurring charge that weights the backlog.

use serde_json::Value;

use super::refusal::{Refusal, RefusalCode, shown};
use super::sent::{Member, SentTraits, object};
use crate::money::{Cents, Interval};

/// The largest charge taken, in cents. The sandbox's own choice: it keeps the sum of a whole
/// backlog exact.
const LARGEST_AMOUNT: i64 = 100_000_000_000;

/// A charge under this many cents is taken for one in units of currency. The sandbox's own choice.
const SMALLEST_PLAUSIBLE_AMOUNT: i64 = 100;

/// The longest name of a plan taken, in characters. The sandbox's own choice.
const LONGEST_PLAN: usize = 100;

/// What a user pays for, as far as the token says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// The name of the plan in the site's billing system.
    pub plan: Option<String>,
    /// The recurring charge as billed, in cents: for an annual plan the total of the year.
    pub amount: Option<Cents>,
    /// How often the amount is charged.
    pub interval: Option<Interval>,
}

impl Traits {
    /// The monthly recurring revenue, where the token says enough to tell it.
    #[must_use]
    pub fn monthly_amount(&self) -> Option<Cents> {
        Some(self.amount?.monthly(self.interval?))
    }

    pub(super) fn read(claim: &Member) -> Result<Self, Refusal> {
        let sent: SentTraits = match claim.text() {
            None => return Ok(Self::default()),
            Some(text) if text.starts_with('{') => object("traits", text.as_bytes())?,
            Some(text) => {
                return refused(format!(
                    "traits is {}; send an object, or leave it out",
                    shown(text)
                ));
            }
        };
        let read = Self {
            plan: plan(sent.plan.read("plan")?)?,
            amount: amount(sent.amount.read("amount")?)?,
            interval: interval(sent.interval.read("interval")?)?,
        };
        if let (Some(Cents(cents)), None) = (read.amount, read.interval) {
            // The sandbox's own choice: without it nobody can tell what the amount is worth.
            return refused(format!(
                "amount is {cents} but interval is missing; send \"month\" or \"year\" with it"
            ));
        }
        Ok(read)
    }
}

fn refused<T>(message: String) -> Result<T, Refusal> {
    Err(Refusal::new(RefusalCode::Traits, message))
}

fn plan(sent: Option<Value>) -> Result<Option<String>, Refusal> {
    match sent {
        None => Ok(None),
        Some(Value::String(plan)) if plan.chars().count() > LONGEST_PLAN => {
            refused(format!("plan is longer than {LONGEST_PLAN} characters"))
        }
        Some(Value::String(plan)) => Ok(Some(plan)),
        Some(other) => refused(format!(
            "plan is {}; send the plan's name as a string, or leave it out",
            shown(&other)
        )),
    }
}

fn amount(sent: Option<Value>) -> Result<Option<Cents>, Refusal> {
    let Some(value) = sent else {
        return Ok(None);
    };
    let sent = shown(&value);
    let message = match (value.as_i64(), &value) {
        (Some(units @ 1..SMALLEST_PLAUSIBLE_AMOUNT), _) => {
            let cents = units * 100;
            format!("amount is {units}, which Reqio reads as {units} cents; send {cents}")
        }
        (Some(negative), _) if negative < 0 => {
            format!("amount is {negative}; a charge is zero or more cents")
        }
        (Some(cents), _) if cents > LARGEST_AMOUNT => {
            format!("amount is {cents}; the sandbox takes up to {LARGEST_AMOUNT} cents")
        }
        (Some(cents), _) => return Ok(Some(Cents(cents))),
        (None, Value::String(_)) => {
            format!("amount is a string ({sent}); send a number of cents")
        }
        (None, Value::Number(number)) if number.is_f64() => {
            format!("amount is {number}; send the charge in whole cents, so 2900 for 29.00")
        }
        (None, _) => format!("amount is {sent}; send whole cents as a number, or leave it out"),
    };
    refused(message)
}

fn interval(sent: Option<Value>) -> Result<Option<Interval>, Refusal> {
    let Some(value) = sent else {
        return Ok(None);
    };
    let interval = value.as_str().and_then(|word| word.parse().ok());
    let sent = shown(&value);
    let refusal = || refused(format!("interval is {sent}; send \"month\" or \"year\""));
    interval.map_or_else(refusal, |interval| Ok(Some(interval)))
}
