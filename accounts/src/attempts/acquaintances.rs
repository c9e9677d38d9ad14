//! From where each account was got into lately.

use std::{
    net::IpAddr,
    time::{Duration, SystemTime},
};

use super::counter::digest;
use crate::{
    EmailAddress, Error, UserId, Width,
    engine::{Database, changed, on},
    timestamp::{CLOCK_SLACK, seconds, seconds_ago},
};

/// For how long: 30 days.
pub(crate) const LATELY: Duration = Duration::from_secs(30 * DAY.as_secs());
/// How exactly: whoever gets in ten times a day is written down once.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many networks of one user, those used last.
const MOST_NETWORKS: i64 = 8;

/// What the table knows the network around `address` by.
fn network(address: IpAddr) -> i64 {
    digest(&format!("network {}", Width::Client.network(address)))
}

/// Whether somebody at `address` got into `account` lately.
pub(super) async fn know(
    database: &Database,
    address: IpAddr,
    account: &EmailAddress,
    now: SystemTime,
) -> Result<bool, Error> {
    let mut connection = database.connection().await?;
    let known: Option<(i64,)> = on!(connection.lend(), engine => sqlx::query_as(
        "SELECT seen_at FROM acquaintances JOIN users ON users.id = user_id
         WHERE email = $1 AND network = $2 AND seen_at > $3 AND seen_at <= $4",
    )
    .bind(account.as_str())
    .bind(network(address))
    .bind(seconds_ago(now, LATELY))
    .bind(seconds(now + CLOCK_SLACK))
    .fetch_optional(engine))?;
    Ok(known.is_some())
}

/// Remembers that `user` got in from `address`, and forgets the network that is longest unused if
/// there are too many.
pub(super) async fn remember(
    database: &Database,
    address: IpAddr,
    user: &UserId,
    now: SystemTime,
) -> Result<(), Error> {
    let (user, network) = (user.as_str(), network(address));
    let mut connection = database.connection().await?;
    let today: Option<(i64,)> = on!(connection.lend(), engine => sqlx::query_as(
        "SELECT seen_at FROM acquaintances
         WHERE user_id = $1 AND network = $2 AND seen_at > $3 AND seen_at <= $4",
    )
    .bind(user)
    .bind(network)
    .bind(seconds_ago(now, DAY))
    .bind(seconds(now + CLOCK_SLACK))
    .fetch_optional(engine))?;
    drop(connection);
    if today.is_some() {
        return Ok(());
    }
    let mut transaction = database.write_about(user).await?;
    changed!(
        transaction.lend(),
        sqlx::query(
            "INSERT INTO acquaintances (user_id, network, seen_at)
             SELECT id, $2, $3 FROM users WHERE id = $1
             ON CONFLICT (user_id, network) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(user)
        .bind(network)
        .bind(seconds(now))
    )?;
    changed!(
        transaction.lend(),
        sqlx::query(
            "DELETE FROM acquaintances WHERE user_id = $1 AND network NOT IN
             (SELECT network FROM acquaintances WHERE user_id = $1 ORDER BY seen_at DESC LIMIT $2)",
        )
        .bind(user)
        .bind(MOST_NETWORKS)
    )?;
    Ok(transaction.commit().await?)
}
