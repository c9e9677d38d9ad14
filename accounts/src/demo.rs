//! Demo customers: users whose password everybody knows.

use std::time::SystemTime;

use crate::{Accounts, Error, NewUser, sign_up};

impl Accounts {
    /// Adds a demo customer, unless the email is taken.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn add_demo_customer(&self, new: NewUser, now: SystemTime) -> Result<(), Error> {
        // They are there from the second start on: no start is to wait for hashes that nobody will
        // store.
        if self.find(&new.email).await?.is_some() {
            return Ok(());
        }
        let password_hash = self.hasher.hash(new.password.clone()).await?;
        let mut transaction = self.write().await?;
        sign_up::insert(&mut transaction, new, &password_hash, true, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Removes the demo customers and their sessions, and nobody else: where real tokens are
    /// minted, a password that stands in a README must open nothing.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn remove_demo_customers(&self) -> Result<u64, Error> {
        let removed = sqlx::query("DELETE FROM users WHERE demo = $1")
            .bind(true)
            .execute(&self.pool)
            .await?;
        Ok(removed.rows_affected())
    }
}
