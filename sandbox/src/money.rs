//! Money as Reqio reads it: whole cents as billed, what that is worth a month, and how a person
//! reads it.

use serde::{Deserialize, Serialize};

/// An amount of money in whole cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

/// How often an amount is charged. It is shown and read by the word used in a token.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "lowercase")]
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

/// An amount as a person reads it: `$29`, and with cents where there are any, `$82.50`. A currency
/// is its sign or its code. A token names none.
pub(crate) fn show(currency: &str, Cents(cents): Cents) -> String {
    let (units, rest) = (cents.div_euclid(100), cents.rem_euclid(100));
    let space = if currency.ends_with(char::is_alphabetic) {
        "\u{a0}"
    } else {
        ""
    };
    match rest {
        0 => format!("{currency}{space}{units}"),
        _ => format!("{currency}{space}{units}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twelfth_of_an_annual_charge_is_rounded_to_the_nearest_cent() {
        assert_eq!(Cents(2_900).monthly(Interval::Month), Cents(2_900));
        for (year, month) in [(99_000, 8_250), (29_000, 2_417), (5, 0), (6, 1)] {
            assert_eq!(Cents(year).monthly(Interval::Year), Cents(month));
        }
    }

    #[test]
    fn an_amount_is_shown_with_cents_where_there_are_any() {
        for (cents, shown) in [(0, "$0"), (5, "$0.05"), (2_900, "$29"), (8_250, "$82.50")] {
            assert_eq!(show("$", Cents(cents)), shown);
        }
        assert_eq!(show("€", Cents(2_900)), "€29");
        assert_eq!(show("CHF", Cents(8_250)), "CHF\u{a0}82.50");
    }
}
