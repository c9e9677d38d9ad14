//! A user, as the rest of the product sees one.

use std::fmt;

use crate::{Billing, Error, hex};

/// A user's id, `usr_` and 32 hexadecimal digits. It becomes the token's `sub`, so it never changes
/// and is never used again for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserId(pub(crate) String);

impl UserId {
    pub(crate) fn random() -> Result<Self, Error> {
        Ok(Self(format!("usr_{}", hex::random::<16>()?)))
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
    /// Who they are, for good.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// Where they are written to.
    pub email: String,
    /// What they pay.
    pub billing: Billing,
}

/// The columns of a user, as every query here selects them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct UserRow {
    pub(crate) id: String,
    name: String,
    email: String,
    plan: String,
    amount: i64,
    interval: String,
}

impl UserRow {
    /// The user in the row, or the reason why the database holds none.
    pub(crate) fn into_user(self) -> Result<User, Error> {
        let billing = Billing::from_columns(self.plan, self.amount, &self.interval)?;
        Ok(User {
            id: UserId(self.id),
            name: self.name,
            email: self.email,
            billing,
        })
    }
}
