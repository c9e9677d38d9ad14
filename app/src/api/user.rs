//! The signed-in user, as the page shows one.

use reqio_identity::{Cents, Interval};
use serde::{Deserialize, Serialize};

/// A signed-in user and what they pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id, `usr_…`; the token's `sub`.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Where they are written to; the token's `email`.
    pub email: String,
    /// The plan's name.
    pub plan: String,
    /// The recurring charge as billed, in cents.
    pub amount: Cents,
    /// What `amount` is charged for.
    pub interval: Interval,
}

#[cfg(feature = "ssr")]
impl From<accounts::User> for User {
    fn from(user: accounts::User) -> Self {
        let accounts::Billing {
            plan,
            amount,
            interval,
        } = user.billing;
        Self {
            id: user.id.to_string(),
            name: user.name,
            email: user.email,
            plan,
            amount,
            interval,
        }
    }
}
