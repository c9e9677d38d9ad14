//! Signing up: a new user, signed in at once.

use std::time::SystemTime;

use sqlx::{Any, Transaction};

use crate::{
    Accounts, Billing, Client, EmailAddress, Error, FullName, Password, SignedIn, User, UserId,
    rate_limit::{self, RateLimit},
    session::seconds,
    sign_in::start_session,
};

/// Somebody who is about to become a user.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What they are called.
    pub name: FullName,
    /// Their email address. No two users share one.
    pub email: EmailAddress,
    /// What they will sign in with.
    pub password: Password,
    /// What they pay from the start.
    pub billing: Billing,
}

impl Accounts {
    /// Creates a user at `now` and signs them in, in a session that replaces the one the client
    /// had.
    ///
    /// # Errors
    /// [`Error::EmailTaken`], [`Error::TooManyAttempts`], or [`Error::Busy`] when too many
    /// passwords are being hashed at once.
    pub async fn sign_up(
        &self,
        new: NewUser,
        client: &Client,
        now: SystemTime,
    ) -> Result<SignedIn, Error> {
        let limit = RateLimit::sign_up(self.sign_in_limit, client.ip);
        rate_limit::count(&self.database, &[limit]).await?;
        let password_hash = self.hasher.hash(new.password.clone()).await?;
        let mut transaction = self.database.begin().await?;
        let user = insert(&mut transaction, new, &password_hash, false, now)
            .await?
            .ok_or(Error::EmailTaken)?;
        let signed_in = start_session(&mut transaction, user, client, now).await?;
        transaction.commit().await?;
        Ok(signed_in)
    }
}

/// Inserts a user, or nothing if the email is taken.
pub(crate) async fn insert(
    transaction: &mut Transaction<'static, Any>,
    new: NewUser,
    password_hash: &str,
    demo: bool,
    now: SystemTime,
) -> Result<Option<User>, Error> {
    let NewUser {
        name,
        email,
        billing,
        ..
    } = new;
    let id = UserId::random()?;
    let inserted = sqlx::query(
        r#"INSERT INTO users
           (id, name, email, password_hash, plan, amount, "interval", demo, unpaid, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9) ON CONFLICT (email) DO NOTHING"#,
    )
    .bind(id.as_str())
    .bind(name.as_str())
    .bind(email.as_str())
    .bind(password_hash)
    .bind(billing.plan.as_str())
    .bind(billing.amount_column())
    .bind(billing.interval.as_str())
    .bind(i64::from(demo))
    .bind(seconds(now))
    .execute(&mut **transaction)
    .await?;
    let user = User {
        id,
        name: name.as_str().to_owned(),
        email: email.as_str().to_owned(),
        billing,
    };
    Ok((inserted.rows_affected() == 1).then_some(user))
}
