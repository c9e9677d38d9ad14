//! The time as the sandbox tells it, which a test can move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the sandbox reads the time from, in seconds since 1970-01-01T00:00:00Z, as a JWT's
/// `NumericDate` (RFC 7519 section 2). Clones move together.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Where it stands still, if it does not go with this machine.
    still_at: Option<i64>,
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that stands still at `now`, in seconds since 1970, until it is moved. The default
    /// one is this machine's.
    #[must_use]
    pub fn still_at(now: i64) -> Self {
        let (still_at, offset) = (Some(now), Arc::default());
        Self { still_at, offset }
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        let base = self.still_at.unwrap_or_else(|| {
            let machine = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            i64::try_from(machine.as_secs()).unwrap_or(i64::MAX)
        });
        base.saturating_add(self.offset.load(Ordering::Relaxed))
    }

    pub(crate) fn set_offset(&self, seconds: i64) {
        self.offset.store(seconds, Ordering::Relaxed);
    }
}
