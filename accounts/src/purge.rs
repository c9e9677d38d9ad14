//! Deletes what has expired.

use sqlx::AssertSqlSafe;

use crate::{ABSOLUTE_LIMIT, Accounts, Error, session::whole_seconds};

/// A browser that was unused for this long is forgotten: 400 days, as long as browsers keep a
/// cookie (RFC 6265bis section 5.5).
const DEVICE_LIFETIME: i64 = 400 * 24 * 60 * 60;
/// A session that began more than so many seconds ahead of now shows that a clock is wrong.
const CLOCK_TOLERANCE: i64 = 5 * 60;

impl Accounts {
    /// Deletes the sessions past [`ABSOLUTE_LIMIT`], the rate limits that have all attempts back
    /// and the devices of long ago, by the database's clock. Returns how many sessions there were.
    /// Every server calls it once a minute.
    ///
    /// A session that seems to come from the future is kept. A clock that was set back by mistake
    /// would sign everybody out otherwise.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn purge(&self) -> Result<u64, Error> {
        let (pool, now) = (&self.database.pool, self.database.now());
        let delete = async |rows: String| {
            let deleted = sqlx::query(AssertSqlSafe(format!("DELETE FROM {rows}")));
            deleted.execute(pool).await
        };
        let limit = whole_seconds(ABSOLUTE_LIMIT);
        let ended = delete(format!(
            "sessions WHERE created_at <= {now} / 1000000 - {limit}"
        ));
        let ended = ended.await?.rows_affected();
        // A row that a sign-in holds is left for the next time: that sign-in may wait for another
        // one of these.
        let unless_held = match self.database.file {
            Some(_) => "",
            None => "FOR UPDATE SKIP LOCKED",
        };
        let expired =
            format!("SELECT key FROM rate_limits WHERE theoretical_arrival <= {now} {unless_held}");
        delete(format!("rate_limits WHERE key IN ({expired})")).await?;
        delete(format!(
            "devices WHERE last_seen_at <= {now} / 1000000 - {DEVICE_LIFETIME}"
        ))
        .await?;

        let ahead = format!(
            "SELECT count(*) FROM sessions WHERE created_at > {now} / 1000000 + {CLOCK_TOLERANCE}"
        );
        let (ahead,): (i64,) = sqlx::query_as(AssertSqlSafe(ahead)).fetch_one(pool).await?;
        if ahead > 0 {
            tracing::warn!(
                sessions = ahead,
                "sessions began in the future: is the clock right?"
            );
        }
        Ok(ended)
    }
}
