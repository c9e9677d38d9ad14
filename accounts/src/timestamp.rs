//! Time as the database keeps it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How far the clocks of two servers may be apart. What the database has from further ahead was
/// written while a clock was wrong.
pub(crate) const CLOCK_SLACK: Duration = Duration::from_secs(5 * 60);

/// Whole seconds since 1970. A clock before that counts as 1970, where every session has expired.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}

/// The moment `before` ago, in whole seconds since 1970.
pub(crate) fn seconds_ago(now: SystemTime, before: Duration) -> i64 {
    seconds(now).saturating_sub(i64::try_from(before.as_secs()).unwrap_or(i64::MAX))
}

/// Microseconds since 1970, for what a second is too coarse for.
pub(crate) fn microseconds(time: SystemTime) -> i64 {
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    whole_microseconds(since_epoch)
}

/// How many microseconds that is.
pub(crate) fn whole_microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
