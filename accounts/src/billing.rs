//! What a user pays: the part of a billing system that Reqio asks about.

use reqio_identity::{Cents, Interval};

use crate::{Accounts, Error, User, UserId, engine::on, user::UserRow};

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

impl Accounts {
    /// Puts a user on another plan and returns the user as now billed, or `None` if the user is
    /// gone.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn change_billing(
        &self,
        user: &UserId,
        billing: &Billing,
    ) -> Result<Option<User>, Error> {
        // `RETURNING` hands out its row before anything is on the disk: only the commit says that
        // it is.
        let mut transaction = self.database.write().await?;
        let row: Option<UserRow> = on!(transaction.lend(), engine => sqlx::query_as(
            r#"UPDATE users SET plan = $2, amount = $3, "interval" = $4 WHERE id = $1
               RETURNING id, name, email, plan, amount, "interval""#,
        )
        .bind(user.as_str())
        .bind(&billing.plan)
        .bind(billing.amount_column())
        .bind(billing.interval.as_str())
        .fetch_optional(engine))?;
        transaction.commit().await?;
        row.map(UserRow::into_user).transpose()
    }
}
