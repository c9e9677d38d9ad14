//! What a user pays: the part of a billing system that Reqio asks about.

use reqio_identity::{Cents, Interval};

use crate::Error;

/// A user's recurring charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billing {
    /// The plan's name.
    pub plan: String,
    /// What is charged for one interval, in cents.
    pub amount: Cents,
    /// How often it is charged.
    pub interval: Interval,
}

impl Billing {
    /// The plan that costs nothing.
    #[must_use]
    pub fn free() -> Self {
        Self {
            plan: "free".to_owned(),
            amount: Cents::default(),
            interval: Interval::Month,
        }
    }

    pub(crate) fn from_columns(plan: String, amount: i64, interval: &str) -> Result<Self, Error> {
        let unreadable = |column: &str| {
            sqlx::Error::Decode(format!("users.{column} holds a value outside its range").into())
        };
        let amount = u64::try_from(amount)
            .ok()
            .and_then(|cents| Cents::try_from(cents).ok());
        let interval = [Interval::Month, Interval::Year]
            .into_iter()
            .find(|known| known.as_str() == interval);
        Ok(Self {
            plan,
            amount: amount.ok_or_else(|| unreadable("amount"))?,
            interval: interval.ok_or_else(|| unreadable("interval"))?,
        })
    }

    /// The amount as the database keeps it. 2^53 - 1 cents, the most there can be, fit.
    pub(crate) fn amount_column(&self) -> i64 {
        i64::try_from(self.amount.get()).unwrap_or(i64::MAX)
    }
}
