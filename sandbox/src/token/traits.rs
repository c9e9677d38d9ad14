//! The traits of a user: the plan, and the recurring charge that weights the backlog.

use serde_json::{Map, Value};

use super::refusal::{Refusal, RefusalCode, shown};
use crate::{Cents, Interval};

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

    pub(super) fn read(claim: Option<&Value>) -> Result<Self, Refusal> {
        let traits = match claim {
            None => return Ok(Self::default()),
            Some(Value::Object(traits)) => traits,
            Some(other) => {
                return refused(format!(
                    "traits is {}; send an object, or leave it out",
                    shown(other)
                ));
            }
        };
        let read = Self {
            plan: plan(traits)?,
            amount: amount(traits)?,
            interval: interval(traits)?,
        };
        match read {
            // The sandbox's own choice: without an interval nobody can tell what the amount is
            // worth a month.
            Self {
                amount: Some(Cents(cents)),
                interval: None,
                ..
            } => refused(format!(
                "amount is {cents} but interval is missing; send \"month\" or \"year\" with it"
            )),
            read => Ok(read),
        }
    }
}

fn refused<T>(message: String) -> Result<T, Refusal> {
    Err(Refusal::new(RefusalCode::Traits, message))
}

fn plan(traits: &Map<String, Value>) -> Result<Option<String>, Refusal> {
    match traits.get("plan") {
        None => Ok(None),
        Some(Value::String(plan)) if plan.chars().count() > LONGEST_PLAN => {
            refused(format!("plan is longer than {LONGEST_PLAN} characters"))
        }
        Some(Value::String(plan)) => Ok(Some(plan.clone())),
        Some(other) => refused(format!(
            "plan is {}; send the plan's name as a string, or leave it out",
            shown(other)
        )),
    }
}

fn amount(traits: &Map<String, Value>) -> Result<Option<Cents>, Refusal> {
    let Some(value) = traits.get("amount") else {
        return Ok(None);
    };
    match value.as_i64() {
        Some(units @ 1..SMALLEST_PLAUSIBLE_AMOUNT) => {
            let cents = units * 100;
            refused(format!(
                "amount is {units}, which Reqio reads as {units} cents; send {cents}"
            ))
        }
        Some(negative) if negative < 0 => refused(format!(
            "amount is {negative}; a charge is zero or more cents"
        )),
        Some(cents) if cents > LARGEST_AMOUNT => refused(format!(
            "amount is {cents}; the sandbox takes up to {LARGEST_AMOUNT} cents"
        )),
        Some(cents) => Ok(Some(Cents(cents))),
        None => refused(not_an_amount(value)),
    }
}

fn not_an_amount(value: &Value) -> String {
    match value {
        Value::String(_) => format!(
            "amount is a string ({}); send a number of cents",
            shown(value)
        ),
        Value::Number(number) if number.is_f64() => {
            format!("amount is {number}; send the charge in whole cents, so 2900 for 29.00")
        }
        _ => format!(
            "amount is {}; send whole cents as a number, or leave it out",
            shown(value)
        ),
    }
}

fn interval(traits: &Map<String, Value>) -> Result<Option<Interval>, Refusal> {
    match traits.get("interval") {
        None => Ok(None),
        Some(value) => match value.as_str().map(str::parse) {
            Some(Ok(interval)) => Ok(Some(interval)),
            _ => refused(format!(
                "interval is {}; send \"month\" or \"year\"",
                shown(value)
            )),
        },
    }
}
