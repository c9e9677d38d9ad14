//! Deletes what has expired.

use sqlx::AssertSqlSafe;

use crate::{ABSOLUTE_LIMIT, Accounts, Error, session::whole_seconds};

/// A browser that was unused for this long is forgotten: as long as browsers keep a cookie, 400
/// days (RFC 6265bis section 5.5).
const DEVICE_LIFETIME_SECONDS: i64 = 400 * 24 * 60 * 60;
/// A session that began so many seconds ahead of now shows that a clock is or was wrong.
const CLOCK_TOLERANCE_SECONDS: i64 = 5 * 60;

impl Accounts {
    /// Deletes the sessions past [`ABSOLUTE_LIMIT`], the rate limits that have all attempts back and
    /// the devices of long ago, by the database's clock. Returns how many sessions there were. Every
    /// server calls it once a minute.
    ///
    /// Whatever the clock says, a session that seems to come from the future is kept. If it was set
    /// back by mistake, everybody would be signed out.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn purge(&self) -> Result<u64, Error> {
        let now = self.database.now();
        let mut ended = 0;
        for (is_session, table, condition) in [
            (
                true,
                "sessions",
                format!(
                    "created_at <= {now} / 1000000 - {}",
                    whole_seconds(ABSOLUTE_LIMIT)
                ),
            ),
            (
                false,
                "rate_limits",
                format!("theoretical_arrival <= {now}"),
            ),
            (
                false,
                "devices",
                format!("last_seen_at <= {now} / 1000000 - {DEVICE_LIFETIME_SECONDS}"),
            ),
        ] {
            let delete = AssertSqlSafe(format!("DELETE FROM {table} WHERE {condition}"));
            let deleted = sqlx::query(delete).execute(&self.database.pool).await?;
            if is_session {
                ended = deleted.rows_affected();
            }
        }
        let from_the_future = format!(
            "SELECT count(*) FROM sessions WHERE created_at > {now} / 1000000 + {CLOCK_TOLERANCE_SECONDS}"
        );
        let (from_the_future,): (i64,) = sqlx::query_as(AssertSqlSafe(from_the_future))
            .fetch_one(&self.database.pool)
            .await?;
        if from_the_future > 0 {
            tracing::warn!(
                sessions = from_the_future,
                "sessions began in the future: is the clock right?"
            );
        }
        Ok(ended)
    }
}
