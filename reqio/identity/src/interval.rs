//! How often a plan is billed.

use serde::{Deserialize, Serialize};

use crate::Cents;

/// The billing interval of an amount, `"month"` or `"year"` (Reqio's documentation,
/// `traits.interval`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Billed every month.
    Month,
    /// Billed once a year; the amount is the full annual total.
    Year,
}

impl Interval {
    /// The name as Reqio and the database write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// What `amount` is worth a month: an annual amount divided by 12, rounded to the nearest cent.
    ///
    /// Reqio documents the division and not the rounding. This is for showing the figure only: a
    /// token carries the amount as billed.
    ///
    /// ```
    /// use reqio_identity::{Cents, Interval};
    ///
    /// assert_eq!(Interval::Year.monthly_value(Cents::from(99_000)), Cents::from(8_250));
    /// ```
    #[must_use]
    pub fn monthly_value(self, amount: Cents) -> Cents {
        match self {
            Self::Month => amount,
            Self::Year => Cents((amount.0 + 6) / 12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;
    use crate::Cents;

    #[test]
    fn an_interval_has_one_name_wherever_it_is_written() {
        for (interval, name) in [(Interval::Month, "month"), (Interval::Year, "year")] {
            assert_eq!(interval.as_str(), name);
            assert_eq!(serde_json::to_value(interval).unwrap(), name);
        }
    }

    #[test]
    fn an_annual_amount_is_worth_a_twelfth_a_month() {
        assert_eq!(
            Interval::Year.monthly_value(Cents::from(99_000)),
            Cents::from(8_250)
        );
        assert_eq!(
            Interval::Year.monthly_value(Cents::from(29_000)),
            Cents::from(2_417)
        );
        assert_eq!(
            Interval::Month.monthly_value(Cents::from(2_900)),
            Cents::from(2_900)
        );
    }
}
