//! A user, as the rest of the product sees one.

use std::fmt;

use crate::{Billing, Error, token::random_hex};

/// Whether tokens are for the sandbox or for a real Reqio project.
///
/// One database may serve both, one after the other or at the same time. What only a sandbox may
/// have counts for nothing with [`Mode::Real`]: demo customers do not exist, and plans that nobody
/// paid for are free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The stand-in for Reqio runs.
    Sandbox,
    /// Tokens are for a real project.
    Real,
}

/// A user's id, `usr_` and 32 hexadecimal digits. It becomes the token's `sub`, so it never changes
/// and is never used again for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserId(pub(crate) String);

impl UserId {
    pub(crate) fn random() -> Result<Self, Error> {
        Ok(Self(format!("usr_{}", random_hex::<16>()?)))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A user and what they pay. Holds nothing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who they are.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// Their email address.
    pub email: String,
    /// What they pay.
    pub billing: Billing,
}

/// The columns of a user, in the order of [`UserRow`].
macro_rules! user_columns {
    () => {
        r#"users.id, name, email, plan, amount, "interval", demo, unpaid"#
    };
}
pub(crate) use user_columns;

/// A user as the database holds one.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct UserRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) plan: String,
    pub(crate) amount: i64,
    pub(crate) interval: String,
    pub(crate) demo: i64,
    pub(crate) unpaid: i64,
}

impl UserRow {
    /// The user in the row, or `None` for a demo customer where tokens are real.
    pub(crate) fn into_user(self, mode: Mode) -> Result<Option<User>, Error> {
        let is_real = mode == Mode::Real;
        if is_real && self.demo != 0 {
            return Ok(None);
        }
        let billing = if is_real && self.unpaid != 0 {
            Billing::free()
        } else {
            Billing::from_columns(self.plan, self.amount, &self.interval)?
        };
        Ok(Some(User {
            id: UserId(self.id),
            name: self.name,
            email: self.email,
            billing,
        }))
    }
}
