//! Signing in: an email, a password, a new session.

use std::time::SystemTime;

use crate::{
    Accounts, EmailAddress, Error, Password, SessionToken, Standing, User,
    engine::{changed, on},
    password_hasher::Verdict,
    session,
    user::UserRow,
};

/// A user who has just signed in, and the session that says so.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who it is.
    pub user: User,
    /// What goes into the cookie.
    pub session: SessionToken,
}

#[derive(sqlx::FromRow)]
struct CredentialsRow {
    #[sqlx(flatten)]
    user: UserRow,
    password_hash: String,
}

impl Accounts {
    /// Signs a user in at `now` and ends the session `replaced` that the visitor had before.
    ///
    /// An unknown email and a wrong password give the same answer in the same time.
    ///
    /// # Errors
    /// [`Error::InvalidCredentials`], or [`Error::Busy`] when too many are signing in at once.
    pub async fn sign_in(
        &self,
        email: &EmailAddress,
        password: Password,
        standing: Standing,
        replaced: Option<&SessionToken>,
        now: SystemTime,
    ) -> Result<SignedIn, Error> {
        // The stored hash may be replaced while the password is verified, by another sign-in that
        // brings it up to date or by a new password. The second look tells the two apart.
        for _look in 0..2 {
            let (user, verified) = self.verify(email, password.clone(), standing).await?;
            let mut transaction = self.database.write_about(&user.id).await?;
            if let Some(session) =
                session::start(&mut transaction, &user.id, &verified, replaced, now).await?
            {
                transaction.commit().await?;
                return Ok(SignedIn {
                    user: user.into_user()?,
                    session,
                });
            }
        }
        Err(Error::InvalidCredentials)
    }

    /// The user whose `password` this is, and the hash that says so.
    async fn verify(
        &self,
        email: &EmailAddress,
        password: Password,
        standing: Standing,
    ) -> Result<(UserRow, String), Error> {
        let mut connection = self.database.connection().await?;
        let row: Option<CredentialsRow> = on!(connection.lend(), engine => sqlx::query_as(
            r#"SELECT id, name, email, plan, amount, "interval", password_hash
               FROM users WHERE email = $1 AND (NOT demo OR $2)"#,
        )
        .bind(email.as_str())
        .bind(self.demo.are_admitted())
        .fetch_optional(engine))?;
        // Hashing takes its time, and others want the connection meanwhile.
        drop(connection);
        let stored = row.as_ref().map(|row| row.password_hash.clone());
        let verdict = self
            .hasher
            .verify(password.clone(), stored, standing)
            .await?;
        let Some(CredentialsRow {
            user,
            password_hash,
        }) = row.filter(|_| verdict != Verdict::Wrong)
        else {
            return Err(Error::InvalidCredentials);
        };
        if verdict == Verdict::RightButOutdated {
            let current = self
                .replace_hash(&user.id, &password_hash, password, standing)
                .await?;
            return Ok((user, current));
        }
        Ok((user, password_hash))
    }

    /// The user with this email, for whoever runs the server.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn find(&self, email: &EmailAddress) -> Result<Option<User>, Error> {
        let mut connection = self.database.connection().await?;
        let row: Option<UserRow> = on!(connection.lend(), engine => sqlx::query_as(
            r#"SELECT id, name, email, plan, amount, "interval"
               FROM users WHERE email = $1 AND (NOT demo OR $2)"#,
        )
        .bind(email.as_str())
        .bind(self.demo.are_admitted())
        .fetch_optional(engine))?;
        row.map(UserRow::into_user).transpose()
    }

    /// Hashes a password anew with today's parameters and keeps that, unless the stored hash
    /// changed meanwhile.
    async fn replace_hash(
        &self,
        user_id: &str,
        outdated: &str,
        password: Password,
        standing: Standing,
    ) -> Result<String, Error> {
        let current = self.hasher.hash(password, standing).await?;
        let mut connection = self.database.connection().await?;
        changed!(
            connection.lend(),
            sqlx::query("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
                .bind(user_id)
                .bind(outdated)
                .bind(&current)
        )?;
        Ok(current)
    }
}
