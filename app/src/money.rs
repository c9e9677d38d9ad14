//! Amounts, written for people.

use reqio_identity::{Cents, Interval};

/// An amount with two decimals and no currency: Reqio's documentation names none.
pub(crate) fn decimal(amount: Cents) -> String {
    let cents = amount.get();
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What is charged and how often, such as `990.00 a year`.
pub(crate) fn charge(amount: Cents, interval: Interval) -> String {
    format!("{} a {}", decimal(amount), interval.as_str())
}

/// How Reqio gets from the amount as billed to what a user is worth a month, as its documentation
/// has it.
pub(crate) fn worth(charge: Option<(Cents, Interval)>) -> String {
    let Some((amount, interval)) = charge else {
        return String::new();
    };
    let monthly = interval.monthly_value(amount).get();
    let amount = amount.get();
    match interval {
        Interval::Month => format!("{amount} cents a month count as they are."),
        Interval::Year => {
            format!("{amount} cents a year / 12 = {monthly} cents a month.")
        }
    }
}
