//! Signing up: a new user, signed in at once.

use std::time::SystemTime;

use crate::{
    Accounts, Billing, EmailAddress, Error, FullName, Password, SessionToken, SignedIn, Standing,
    User, UserId,
    engine::{Transaction, changed},
    session,
    timestamp::seconds,
};

/// Somebody who is about to become a user.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What they are called.
    pub name: FullName,
    /// Where they are written to; no two users share one.
    pub email: EmailAddress,
    /// What they will sign in with.
    pub password: Password,
    /// What they pay from the start.
    pub billing: Billing,
}

impl Accounts {
    /// Creates a user at `now` and signs them in, ending the session `replaced` that the visitor
    /// had before.
    ///
    /// # Errors
    /// [`Error::EmailTaken`], or [`Error::Busy`] when too many passwords are being hashed at once.
    pub async fn sign_up(
        &self,
        new: NewUser,
        replaced: Option<&SessionToken>,
        now: SystemTime,
    ) -> Result<SignedIn, Error> {
        let password_hash = self
            .hasher
            .hash(new.password.clone(), Standing::Stranger)
            .await?;
        let mut transaction = self.database.write().await?;
        let user = insert(&mut transaction, new, &password_hash, false, now)
            .await?
            .ok_or(Error::EmailTaken)?;
        let session = session::start(
            &mut transaction,
            user.id.as_str(),
            &password_hash,
            replaced,
            now,
        )
        .await?;
        transaction.commit().await?;
        Ok(SignedIn {
            user,
            session: session.ok_or(Error::InvalidCredentials)?,
        })
    }
}

/// Inserts a user, or nothing if the email is taken.
pub(crate) async fn insert(
    transaction: &mut Transaction,
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
    let inserted = changed!(
        transaction.lend(),
        sqlx::query(
            r#"INSERT INTO users
           (id, name, email, password_hash, plan, amount, "interval", demo, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (email) DO NOTHING"#,
        )
        .bind(id.as_str())
        .bind(name.as_str())
        .bind(email.as_str())
        .bind(password_hash)
        .bind(&billing.plan)
        .bind(billing.amount_column())
        .bind(billing.interval.as_str())
        .bind(demo)
        .bind(seconds(now))
    )?;
    let user = User {
        id,
        name: name.as_str().to_owned(),
        email: email.as_str().to_owned(),
        billing,
    };
    Ok((inserted == 1).then_some(user))
}
