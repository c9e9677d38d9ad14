//! Sessions: a random token in the visitor's cookie, its hash in the database.
//!
//! A table of our own and not a session framework's, because its rows hold nothing but who and
//! when: there is no blob to write back, so a request that ends late cannot revive a session that
//! was signed out meanwhile.

use std::time::{Duration, SystemTime};

use crate::{
    Accounts, Error, SessionToken, User,
    engine::{Lent, Transaction, changed},
    session_lookup::SessionRow,
    timestamp::{CLOCK_SLACK, seconds, seconds_ago},
};

/// A session that nobody used for this long has ended: 24 hours.
pub const IDLE_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);
/// However busy, a session ends this long after its sign-in: 7 days.
pub const ABSOLUTE_LIMIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How exactly the time of last use is kept: a write a minute, not one a request.
const TOUCH_INTERVAL: Duration = Duration::from_secs(60);

impl Accounts {
    /// The user whose session `token` is, if it has neither ended nor outlived [`IDLE_LIMIT`] or
    /// [`ABSOLUTE_LIMIT`]. Counts as a use of it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn resume(
        &self,
        token: &SessionToken,
        now: SystemTime,
    ) -> Result<Option<User>, Error> {
        let Some(SessionRow {
            user, last_seen_at, ..
        }) = self.session(token, now).await?
        else {
            return Ok(None);
        };
        if last_seen_at < seconds_ago(now, TOUCH_INTERVAL) {
            self.touch(token, now).await?;
        }
        user.into_user().map(Some)
    }

    /// The same user, for what a page does by itself: an open tab that nobody sits at must not keep
    /// its session alive.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn resume_unattended(
        &self,
        token: &SessionToken,
        now: SystemTime,
    ) -> Result<Option<User>, Error> {
        let found = self.session(token, now).await?;
        found.map(|row| row.user.into_user()).transpose()
    }

    async fn session(
        &self,
        token: &SessionToken,
        now: SystemTime,
    ) -> Result<Option<SessionRow>, Error> {
        let found = self.sessions.find(token.hash()).await?;
        Ok(found.filter(|session| {
            session.created_at > seconds_ago(now, ABSOLUTE_LIMIT)
                && session.last_seen_at > seconds_ago(now, IDLE_LIMIT)
                // One from further ahead than clocks may be apart would outlive its limits by as
                // much.
                && session.created_at <= seconds(now + CLOCK_SLACK)
                && (!session.demo || self.demo.are_admitted())
        }))
    }

    /// Only ever an update: an insert would bring back a session that ended since it was read.
    async fn touch(&self, token: &SessionToken, now: SystemTime) -> Result<(), Error> {
        let mut connection = self.database.connection().await?;
        changed!(
            connection.lend(),
            sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1")
                .bind(token.hash())
                .bind(seconds(now))
        )?;
        Ok(())
    }

    /// Ends a session for good. One that has ended already is no error.
    ///
    /// # Errors
    /// [`Error::Database`], in which case the session may still be open.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Error> {
        // Anybody can make up a token, and a write holds up the writes of others.
        if self.sessions.find(token.hash()).await?.is_none() {
            return Ok(());
        }
        let mut connection = self.database.connection().await?;
        end(connection.lend(), token).await
    }
}

/// Starts a session for `user`, whose password was verified against `password_hash`, in place of
/// `replaced`.
///
/// Every sign-in gets a new token, also over a live session, so that a token planted beforehand is
/// worth nothing (OWASP ASVS 7.2.4). `None` if the user is gone or the password was changed while
/// it was being verified.
pub(crate) async fn start(
    transaction: &mut Transaction,
    user_id: &str,
    password_hash: &str,
    replaced: Option<&SessionToken>,
    now: SystemTime,
) -> Result<Option<SessionToken>, Error> {
    if let Some(replaced) = replaced {
        end(transaction.lend(), replaced).await?;
    }
    let token = SessionToken::random()?;
    let started = changed!(
        transaction.lend(),
        sqlx::query(
            "INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at)
             SELECT $1, id, $2, $2 FROM users WHERE id = $3 AND password_hash = $4",
        )
        .bind(token.hash())
        .bind(seconds(now))
        .bind(user_id)
        .bind(password_hash)
    )?;
    Ok((started == 1).then_some(token))
}

async fn end(connection: Lent<'_>, token: &SessionToken) -> Result<(), Error> {
    changed!(
        connection,
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token.hash())
    )?;
    Ok(())
}
