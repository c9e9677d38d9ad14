//! What a user pays: the part of a billing system that Reqio asks about.

use reqio_identity::{Cents, Interval};

use crate::{
    Accounts, Error, User, UserId,
    engine::{changed, on},
    user::UserRow,
};

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
    /// gone. Where demo customers are admitted, nobody pays for it.
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
            r#"UPDATE users SET plan = $2, amount = $3, "interval" = $4, unpaid = $5 WHERE id = $1
               RETURNING id, name, email, plan, amount, "interval""#,
        )
        .bind(user.as_str())
        .bind(&billing.plan)
        .bind(billing.amount_column())
        .bind(billing.interval.as_str())
        .bind(self.demo.are_admitted())
        .fetch_optional(engine))?;
        transaction.commit().await?;
        row.map(UserRow::into_user).transpose()
    }

    /// Puts whoever chose a plan where nobody pays on `free`, and returns how many they were: what
    /// a real token says of a user has to be paid for.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn take_back_unpaid_plans(&self, free: &Billing) -> Result<u64, Error> {
        let mut connection = self.database.connection().await?;
        Ok(changed!(
            connection.lend(),
            sqlx::query(
                r#"UPDATE users SET plan = $1, amount = $2, "interval" = $3, unpaid = FALSE
                   WHERE unpaid"#,
            )
            .bind(&free.plan)
            .bind(free.amount_column())
            .bind(free.interval.as_str())
        )?)
    }
}
