//! Sessions: a random token in the visitor's cookie, its hash in the database.
//!
//! A table of our own and not a session framework's, because its rows hold nothing but who and
//! when. There is no blob to write back, so a request that ends late cannot revive a session that
//! was signed out meanwhile.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sqlx::{Any, Transaction};
use tokio::time::timeout;

use crate::{
    Accounts, Error, SessionToken, User, UserId,
    session_lookup::{self, SessionRow},
};

/// A session that nobody used for this long has ended: 24 hours.
pub const IDLE_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);
/// However busy, a session ends this long after its sign-in: 7 days.
pub const ABSOLUTE_LIMIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How exactly the time of last use is kept: a write a minute, not one a request.
const TOUCH_INTERVAL: Duration = Duration::from_secs(60);
/// How long a request waits for that write.
const TOUCH_WAIT: Duration = Duration::from_millis(250);

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
        let Some(session) = self.find_session(token, now).await? else {
            return Ok(None);
        };
        if session.last_seen_at < seconds(now) - whole_seconds(TOUCH_INTERVAL) {
            self.touch(token, now).await;
        }
        session.user.into_user(self.mode)
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
        let found = self.find_session(token, now).await?;
        found.map_or(Ok(None), |session| session.user.into_user(self.mode))
    }

    async fn find_session(
        &self,
        token: &SessionToken,
        now: SystemTime,
    ) -> Result<Option<SessionRow>, Error> {
        let found = session_lookup::find(&self.database, &token.hash()).await?;
        Ok(found.filter(|session| {
            session.created_at > seconds(now) - whole_seconds(ABSOLUTE_LIMIT)
                && session.last_seen_at > seconds(now) - whole_seconds(IDLE_LIMIT)
        }))
    }

    /// Notes the time of last use, if the database can be written to now. Nobody who only reads
    /// waits for somebody else's write lock, and one such write at a time is under way.
    async fn touch(&self, token: &SessionToken, now: SystemTime) {
        let Ok(permit) = Arc::clone(&self.touching).try_acquire_owned() else {
            return;
        };
        let (pool, hash, now) = (self.database.pool.clone(), token.hash(), seconds(now));
        let touch = tokio::spawn(async move {
            // Only an update: an insert would bring back a session that ended since it was read.
            let touched = sqlx::query(
                "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2",
            );
            let touched = touched.bind(hash).bind(now).execute(&pool).await;
            if let Err(error) = touched {
                tracing::warn!(%error, "a session's time of last use was not noted");
            }
            drop(permit);
        });
        // It goes on by itself.
        let _ = timeout(TOUCH_WAIT, touch).await;
    }

    /// Ends a session for good; with `user`, only if it is theirs. Says whether there was one to
    /// end.
    ///
    /// # Errors
    /// [`Error::Database`], in which case the session may still be open.
    pub async fn sign_out(&self, token: &SessionToken, user: Option<&str>) -> Result<bool, Error> {
        // Anybody can make up a token, and a write makes other writers wait.
        let found = session_lookup::find(&self.database, &token.hash()).await?;
        let is_theirs = found.is_some_and(|session| user.is_none_or(|id| id == session.user.id));
        if !is_theirs {
            return Ok(false);
        }
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token.hash())
            .execute(&self.database.pool)
            .await?;
        Ok(true)
    }
}

/// Starts a session for `user` in place of `replaced`.
///
/// Every sign-in gets a new token, also over a live session, so that a token planted beforehand is
/// worth nothing (OWASP ASVS 7.2.4).
pub(crate) async fn start(
    transaction: &mut Transaction<'static, Any>,
    user: &UserId,
    replaced: Option<&SessionToken>,
    now: SystemTime,
) -> Result<SessionToken, Error> {
    if let Some(replaced) = replaced {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(replaced.hash())
            .execute(&mut **transaction)
            .await?;
    }
    let token = SessionToken::random()?;
    sqlx::query(
        "INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at)
         VALUES ($1, $2, $3, $3)",
    )
    .bind(token.hash())
    .bind(user.as_str())
    .bind(seconds(now))
    .execute(&mut **transaction)
    .await?;
    Ok(token)
}

/// Whole seconds since 1970. A clock before that counts as 1970.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    whole_seconds(time.duration_since(UNIX_EPOCH).unwrap_or_default())
}

pub(crate) fn whole_seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
