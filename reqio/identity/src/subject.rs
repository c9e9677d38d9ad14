//! Whom a token is about.

use crate::{Cents, Interval, Traits};

/// A signed-in user, with as much as you know of them. Only the id is needed.
///
/// Everything in it must come from your own session and billing record, never from the request:
/// whoever chooses the id chooses who Reqio believes is asking.
///
/// ```
/// use reqio_identity::{Cents, Interval, Subject};
///
/// let stella = Subject::new("usr_1")
///     .email("stella@example.com")
///     .plan("scale")
///     .amount(Cents::from(99_000))
///     .interval(Interval::Year);
/// assert_eq!(stella.traits.plan.as_deref(), Some("scale"));
///
/// // What you may know or not is a field.
/// let email: Option<String> = None;
/// let subject = Subject { email, ..Subject::new("usr_2") };
/// assert!(subject.traits.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The user's id in your own system; the token's `sub`.
    pub id: String,
    /// Where Reqio writes to when a request of theirs changes status.
    pub email: Option<String>,
    /// The revenue they stand for.
    pub traits: Traits,
}

impl Subject {
    /// The user with this id, of whom nothing else is known.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }

    /// Reqio writes to them at `email`.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// They are on the plan that your billing system calls `plan`.
    #[must_use]
    pub fn plan(mut self, plan: impl Into<String>) -> Self {
        self.traits.plan = Some(plan.into());
        self
    }

    /// They are charged `amount` every interval, as billed: an annual plan has its annual total.
    #[must_use]
    pub fn amount(mut self, amount: Cents) -> Self {
        self.traits.amount = Some(amount);
        self
    }

    /// They are charged every `interval`.
    #[must_use]
    pub fn interval(mut self, interval: Interval) -> Self {
        self.traits.interval = Some(interval);
        self
    }
}
