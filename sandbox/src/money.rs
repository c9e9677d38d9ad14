//! Money as Reqio reads it: whole cents as billed, and what that is worth a month.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money in whole cents.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Cents(pub i64);

/// How often an amount is charged. It is shown and read by the word used in a token.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    sqlx::Type,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Interval {
    /// Charged every month.
    Month,
    /// Charged once a year; Reqio divides the amount by 12 for the monthly value.
    Year,
}

impl Cents {
    /// The monthly recurring revenue of this amount: itself, or a twelfth of an annual charge.
    ///
    /// A twelfth that is no whole cent is rounded to the nearest one. The sandbox's own choice:
    /// Reqio's documentation says only that it divides by 12.
    #[must_use]
    pub fn monthly(self, interval: Interval) -> Self {
        match interval {
            Interval::Month => self,
            Interval::Year => Self((self.0 + 6).div_euclid(12)),
        }
    }
}

impl fmt::Display for Cents {
    /// Units and cents, without a currency: the token names none.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}.{:02}",
            self.0.div_euclid(100),
            self.0.rem_euclid(100)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annual_charge_is_worth_a_twelfth_a_month() {
        assert_eq!(Cents(99_000).monthly(Interval::Year), Cents(8_250));
        assert_eq!(Cents(2_900).monthly(Interval::Month), Cents(2_900));
    }

    #[test]
    fn a_twelfth_is_rounded_to_the_nearest_cent() {
        assert_eq!(Cents(29_000).monthly(Interval::Year), Cents(2_417));
        assert_eq!(Cents(5).monthly(Interval::Year), Cents(0));
        assert_eq!(Cents(6).monthly(Interval::Year), Cents(1));
    }

    #[test]
    fn cents_are_shown_as_units_and_cents() {
        assert_eq!(Cents(8_250).to_string(), "82.50");
        assert_eq!(Cents(5).to_string(), "0.05");
    }
}
