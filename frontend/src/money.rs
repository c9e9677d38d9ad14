//! Amounts, written for people.

use app::User;
use identity::{Cents, Interval};

/// An amount with two decimals and no currency: Reqio's documentation names none.
pub(crate) fn decimal(amount: Cents) -> String {
    let cents = amount.get();
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What is charged and how often, such as `990.00 a year`.
pub(crate) fn charge(amount: Cents, interval: Interval) -> String {
    format!("{} a {}", decimal(amount), interval.as_str())
}

/// How Reqio gets from the amount as billed to what a user is worth a month.
pub(crate) fn worth(user: &User) -> String {
    let amount = user.amount.get();
    match user.interval {
        Interval::Month => format!("{amount} cents a month count as they are."),
        Interval::Year => {
            let monthly = user.interval.monthly_value(user.amount).get();
            format!("{amount} cents a year / 12 = {monthly} cents a month.")
        }
    }
}
