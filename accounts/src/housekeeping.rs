//! What nobody needs any more: ended sessions, counters with nothing to count, networks of long
//! ago.

use std::time::{Duration, SystemTime};

use sqlx::AssertSqlSafe;

use crate::{
    ABSOLUTE_LIMIT, Accounts, Error, IDLE_LIMIT,
    attempts::{HOUR, LATELY},
    engine::{Engine, Transaction, changed},
    timestamp::{CLOCK_SLACK, microseconds, seconds, seconds_ago},
};

/// Somebody who calls every minute may be a moment early.
const A_MINUTE_OR_SO: Duration = Duration::from_secs(55);

impl Accounts {
    /// Deletes the sessions that have outlived a limit and returns how many there were. With them
    /// go the counters whose attempts are all back, and the networks from which nobody got in
    /// lately. Call it every minute, on every server: `None` says that one of them just did it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn purge(&self, now: SystemTime) -> Result<Option<u64>, Error> {
        let mut transaction = self.database.write().await?;
        // Others who ask meanwhile wait for the row and find it done; if this fails, it is not.
        let taken = changed!(
            transaction.lend(),
            sqlx::query(
                "UPDATE housekeeping SET purged_at = $1 WHERE purged_at <= $2 OR purged_at > $3"
            )
            .bind(seconds(now))
            .bind(seconds_ago(now, A_MINUTE_OR_SO))
            .bind(seconds(now + CLOCK_SLACK))
        )?;
        if taken == 0 {
            return Ok(None);
        }
        // What a clock that was ahead wrote into the future is of no use to anybody, and would come
        // to life by itself.
        let sessions = Idle {
            table: "sessions",
            key: "token_hash",
            condition: "created_at <= $1 OR last_seen_at <= $2 OR created_at > $3",
            bounds: &[
                seconds_ago(now, ABSOLUTE_LIMIT),
                seconds_ago(now, IDLE_LIMIT),
                seconds(now + CLOCK_SLACK),
            ],
        };
        let ended = sessions.delete(&mut transaction).await?;
        let counters = Idle {
            table: "attempts",
            key: "counter",
            condition: "all_back_at <= $1 OR all_back_at > $2",
            bounds: &[microseconds(now), microseconds(now + HOUR + CLOCK_SLACK)],
        };
        counters.delete(&mut transaction).await?;
        let networks = Idle {
            table: "acquaintances",
            key: "user_id, network",
            condition: "seen_at <= $1 OR seen_at > $2",
            bounds: &[seconds_ago(now, LATELY), seconds(now + CLOCK_SLACK)],
        };
        networks.delete(&mut transaction).await?;
        transaction.commit().await?;
        Ok(Some(ended))
    }
}

/// Rows of a table that nobody needs any more.
struct Idle<'a> {
    table: &'static str,
    key: &'static str,
    condition: &'static str,
    bounds: &'a [i64],
}

impl Idle<'_> {
    async fn delete(self, transaction: &mut Transaction) -> Result<u64, Error> {
        let Self {
            table,
            key,
            condition,
            bounds,
        } = self;
        // A row that somebody is changing is left for the next time: whoever waits for it here may
        // be waited for over there. In SQLite nobody else is changing anything.
        let unless_held = match transaction {
            Engine::Sqlite(_) => "",
            Engine::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        };
        let statement = format!(
            "DELETE FROM {table} WHERE ({key}) IN
             (SELECT {key} FROM {table} WHERE {condition} {unless_held})"
        );
        Ok(changed!(transaction.lend(), {
            let mut query = sqlx::query(AssertSqlSafe(statement));
            for bound in bounds {
                query = query.bind(bound);
            }
            query
        })?)
    }
}
