//! The time as the sandbox tells it, which a test can move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the sandbox reads the time from: seconds since 1970-01-01T00:00:00Z, the unit of a JWT's
/// `NumericDate` (RFC 7519 section 2). Clones are hands of the same clock.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Where it stands still, if it does not go with this machine.
    still_at: Option<i64>,
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// The clock of this machine.
    #[must_use]
    pub fn system() -> Self {
        Self {
            still_at: None,
            offset: Arc::default(),
        }
    }

    /// A clock that stands still at `now`, in seconds since 1970, until it is moved.
    #[must_use]
    pub fn still_at(now: i64) -> Self {
        Self {
            still_at: Some(now),
            ..Self::system()
        }
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        let base = self.still_at.unwrap_or_else(machine_time);
        base.saturating_add(self.offset.load(Ordering::Relaxed))
    }

    pub(crate) fn set_offset(&self, seconds: i64) {
        self.offset.store(seconds, Ordering::Relaxed);
    }
}

fn machine_time() -> i64 {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}
