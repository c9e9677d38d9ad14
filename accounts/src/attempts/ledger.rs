//! The table of attempts: looked at first, written to only where one is to be had.

use std::time::{Duration, SystemTime};

use sqlx::AssertSqlSafe;

use super::counter::Counter;
use crate::{
    Error,
    engine::{Database, changed, list, on},
    timestamp::microseconds,
};

/// Counts one attempt at `now` for each of `counters`, or for none of them if one has none left.
///
/// # Errors
/// [`Error::TooManyAttempts`], with the time after which none of them refuses.
pub(super) async fn count(
    database: &Database,
    mut counters: Vec<Counter>,
    now: SystemTime,
) -> Result<(), Error> {
    let now = microseconds(now);
    // Every server locks rows in the same order, so that no two wait for each other.
    counters.sort_unstable_by_key(|counter| (counter.period, counter.id));
    loop {
        if let Some(wait) = longest_wait(database, &counters, now).await? {
            return Err(Error::TooManyAttempts(wait));
        }
        if charge(database, &counters, now).await? {
            return Ok(());
        }
        // Somebody had the last one in between, which the next look sees.
    }
}

/// A refusal costs no write: that is all that a flood of them comes to.
async fn longest_wait(
    database: &Database,
    counters: &[Counter],
    now: i64,
) -> Result<Option<Duration>, Error> {
    let ids = list(counters.len(), |row| format!("${row}"));
    let statement = format!("SELECT counter, all_back_at FROM attempts WHERE counter IN ({ids})");
    let mut connection = database.connection().await?;
    let rows: Vec<(i64, i64)> = on!(connection.lend(), engine => {
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for counter in counters {
            query = query.bind(counter.id);
        }
        query.fetch_all(engine)
    })?;
    let wait = |counter: &Counter| {
        let (_, all_back_at) = rows.iter().find(|(id, _)| *id == counter.id)?;
        counter.wait(*all_back_at, now)
    };
    Ok(counters.iter().filter_map(wait).max())
}

/// Whether all of them had one left. Of servers that try at the same moment, each waits for the row
/// that another has written to and sees what it wrote.
async fn charge(database: &Database, counters: &[Counter], now: i64) -> Result<bool, Error> {
    let mut transaction = database.write().await?;
    for counters in counters.chunk_by(|one, next| one.period == next.period) {
        let statement = format!(
            "INSERT INTO attempts (counter, all_back_at) VALUES {}
             ON CONFLICT (counter) DO UPDATE
             SET all_back_at = excluded.all_back_at + CASE
                 WHEN attempts.all_back_at > $1 AND attempts.all_back_at <= $3
                 THEN attempts.all_back_at - $1 ELSE 0 END
             WHERE attempts.all_back_at + excluded.all_back_at - $1 <= $2
             OR attempts.all_back_at > $3",
            list(counters.len(), |row| format!(
                "(${}, ${})",
                2 * row + 2,
                2 * row + 3
            ))
        );
        let [first, ..] = counters else { continue };
        let charged = changed!(transaction.lend(), {
            let mut query = sqlx::query(AssertSqlSafe(statement))
                .bind(now)
                .bind(now + first.period)
                .bind(first.horizon(now));
            for counter in counters {
                query = query.bind(counter.id).bind(now + counter.cost);
            }
            query
        })?;
        if usize::try_from(charged) != Ok(counters.len()) {
            return Ok(false);
        }
    }
    transaction.commit().await?;
    Ok(true)
}
