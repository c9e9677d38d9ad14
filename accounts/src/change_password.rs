//! Another password: whoever signed in with the old one is signed out.

use std::time::SystemTime;

use crate::{
    Accounts, Error, Password, SessionToken, SignedIn, Standing,
    engine::{changed, on},
    password_hasher::Verdict,
    session,
};

impl Accounts {
    /// Gives the user of `session` the password `new`, once `current` was verified, and ends every
    /// session of theirs (OWASP ASVS 7.4.3): the others for good, this one in favour of the one
    /// returned. `None` if nobody is signed in.
    ///
    /// # Errors
    /// [`Error::InvalidCredentials`] if `current` is wrong, [`Error::SharedPassword`] for demo
    /// customers, [`Error::Busy`] when too many passwords are being hashed at once.
    pub async fn change_password(
        &self,
        session: &SessionToken,
        current: Password,
        new: Password,
        now: SystemTime,
    ) -> Result<Option<SignedIn>, Error> {
        let Some(user) = self.resume(session, now).await? else {
            return Ok(None);
        };
        let mut connection = self.database.connection().await?;
        let row: Option<(String, bool)> = on!(connection.lend(), engine =>
            sqlx::query_as("SELECT password_hash, demo FROM users WHERE id = $1")
                .bind(user.id.as_str())
                .fetch_optional(engine))?;
        // Hashing takes its time, and others want the connection meanwhile.
        drop(connection);
        let Some((stored, demo)) = row else {
            return Ok(None);
        };
        if demo {
            return Err(Error::SharedPassword);
        }
        if self
            .hasher
            .verify(current, Some(stored.clone()), Standing::Known)
            .await?
            == Verdict::Wrong
        {
            return Err(Error::InvalidCredentials);
        }
        let password_hash = self.hasher.hash(new, Standing::Known).await?;
        let mut transaction = self.database.write_about(user.id.as_str()).await?;
        // The session may have been signed out meanwhile, or the password changed elsewhere.
        let changed = changed!(
            transaction.lend(),
            sqlx::query(
                "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2
             AND EXISTS (SELECT 1 FROM sessions WHERE token_hash = $4)",
            )
            .bind(user.id.as_str())
            .bind(&stored)
            .bind(&password_hash)
            .bind(session.hash())
        )?;
        if changed == 0 {
            return Ok(None);
        }
        // Whoever knew the old password is known from nowhere any more, either.
        for statement in [
            "DELETE FROM sessions WHERE user_id = $1",
            "DELETE FROM acquaintances WHERE user_id = $1",
        ] {
            changed!(
                transaction.lend(),
                sqlx::query(statement).bind(user.id.as_str())
            )?;
        }
        let session = session::start(
            &mut transaction,
            user.id.as_str(),
            &password_hash,
            None,
            now,
        )
        .await?;
        transaction.commit().await?;
        Ok(session.map(|session| SignedIn { user, session }))
    }
}
