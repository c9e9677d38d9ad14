//! Time as the database keeps it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Whole seconds since 1970. A clock before that counts as 1970, where every session has expired.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}

/// The moment `before` ago, in whole seconds since 1970.
pub(crate) fn seconds_ago(now: SystemTime, before: Duration) -> i64 {
    seconds(now).saturating_sub(i64::try_from(before.as_secs()).unwrap_or(i64::MAX))
}
