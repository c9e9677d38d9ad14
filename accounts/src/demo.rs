//! Demo customers: users whose password everybody knows.

use std::time::SystemTime;

use crate::{Accounts, Error, NewUser, Standing, engine::changed, sign_up};

/// Whether demo customers may sign in.
///
/// They are told apart by a mark in their row. Where real tokens are minted, whoever has it is
/// refused at every request, however the row came there: another process may share the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoCustomers {
    /// The stand-in for Reqio runs: they are what it is shown with.
    Admitted,
    /// Tokens are for a real project.
    Refused,
}

impl DemoCustomers {
    /// For queries of the form `(NOT demo OR $1)`.
    pub(crate) fn are_admitted(self) -> bool {
        self == Self::Admitted
    }
}

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
        let password_hash = self
            .hasher
            .hash(new.password.clone(), Standing::Stranger)
            .await?;
        let mut transaction = self.database.write().await?;
        sign_up::insert(&mut transaction, new, &password_hash, true, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Removes the demo customers and their sessions, and nobody else: where real tokens are
    /// minted, a password that stands in a README must open nothing.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn remove_demo_customers(&self) -> Result<u64, Error> {
        let mut connection = self.database.connection().await?;
        Ok(changed!(
            connection.lend(),
            sqlx::query("DELETE FROM users WHERE demo = $1").bind(true)
        )?)
    }
}
