//! Demo customers: users whose password everybody knows, for the sandbox alone.

use std::time::SystemTime;

use crate::{Accounts, Error, NewUser, sign_up};

impl Accounts {
    /// Adds a demo customer at the start of a server with a sandbox, or gives an existing one back
    /// the plan they start with. A user who is no demo customer keeps their email and plan.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn add_demo_customer(&self, new: NewUser, now: SystemTime) -> Result<(), Error> {
        let reset = sqlx::query(
            r#"UPDATE users SET plan = $2, amount = $3, "interval" = $4, unpaid = 0
               WHERE email = $1 AND demo = 1"#,
        )
        .bind(new.email.as_str())
        .bind(new.billing.plan.as_str())
        .bind(new.billing.amount_column())
        .bind(new.billing.interval.as_str())
        .execute(&self.database.pool)
        .await?;
        // Hashing takes its time, so it is done only for somebody who is not there yet.
        if reset.rows_affected() == 0 && self.find(&new.email).await?.is_none() {
            let password_hash = self.hasher.hash(new.password.clone()).await?;
            let mut transaction = self.database.begin().await?;
            sign_up::insert(&mut transaction, new, &password_hash, true, now).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}
