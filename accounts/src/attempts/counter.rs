//! What attempts are counted for, and how soon each of them comes back.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use sha2::{Digest as _, Sha256};

use crate::{
    EmailAddress, Width,
    timestamp::{CLOCK_SLACK, whole_microseconds},
};

/// How much more each wider network may do than the next narrower one.
const WIDER: i64 = 8;

/// How many attempts there are, and in which time all of them come back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quota {
    pub(super) attempts: NonZeroU32,
    pub(super) period: Duration,
}

/// A client, a network or an account.
///
/// Its attempts come back one by one, evenly. So one number says how many are left: the moment at
/// which all are back. It is the generic cell rate algorithm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counter {
    /// What the table knows it by.
    pub(super) id: i64,
    /// After how many microseconds one attempt is back.
    pub(super) cost: i64,
    /// After how many all are.
    pub(super) period: i64,
}

impl Counter {
    fn new(whose: &str, quota: Quota, times: i64) -> Self {
        let period = whole_microseconds(quota.period);
        let attempts = i64::from(quota.attempts.get()).saturating_mul(times);
        Self {
            id: digest(whose),
            // More than one a microsecond are as many as there can be.
            cost: (period / attempts).max(1),
            period,
        }
    }

    /// For the client at `address`, and for each network around it. `what` tells apart what is
    /// counted there.
    pub(super) fn networks(what: &str, address: IpAddr, quota: Quota) -> [Self; 3] {
        let mut times = 1;
        Width::ALL.map(|width| {
            let network = width.network(address);
            let counter = Self::new(&format!("{what} {width:?} {network}"), quota, times);
            times *= WIDER;
            counter
        })
    }

    /// For `account`, whoever tries to get into it.
    pub(super) fn account(account: &EmailAddress, quota: Quota) -> Self {
        Self::new(&format!("account {account}"), quota, 1)
    }

    /// For `account`, where somebody at `address` is known to get into it.
    pub(super) fn acquaintance(account: &EmailAddress, address: IpAddr, quota: Quota) -> Self {
        let client = Width::Client.network(address);
        Self::new(&format!("acquaintance {client} {account}"), quota, 1)
    }

    /// How long the next attempt has to wait at `now`, if it has to. Both moments are microseconds
    /// since 1970.
    pub(super) fn wait(self, all_back_at: i64, now: i64) -> Option<Duration> {
        let wait = all_back_at + self.cost - self.period - now;
        let is_refused = wait > 0 && all_back_at <= self.horizon(now);
        is_refused.then(|| Duration::from_micros(wait.unsigned_abs()))
    }

    /// The furthest moment at which all attempts can be back. One beyond is of a clock that was
    /// wrong, and would lock somebody out until then.
    pub(super) fn horizon(self, now: i64) -> i64 {
        now + self.period + whole_microseconds(CLOCK_SLACK)
    }
}

/// What a table knows a network or an account by: enough bits that no two are ever taken for one
/// another.
///
/// It keeps addresses and what was typed for an email out of copies of the database and its log. It
/// is no secret: whoever has a copy can try all IPv4 addresses. A key would change nothing, since
/// all servers need the same one, and the database is where they would have it from.
pub(super) fn digest(what: &str) -> i64 {
    let digest: [u8; 32] = Sha256::digest(what).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Counter, Quota};

    const SECOND: i64 = 1_000_000;

    fn counter() -> Counter {
        let quota = Quota {
            attempts: 3.try_into().unwrap(),
            period: Duration::from_secs(60),
        };
        Counter::account(&"ada@example.com".parse().unwrap(), quota)
    }

    #[test]
    fn attempts_come_back_one_by_one() {
        let now = 1_700_000_000 * SECOND;
        let wait = |ahead: i64| counter().wait(now + ahead, now);
        for admitted in [-SECOND, 0, 40 * SECOND] {
            assert_eq!(wait(admitted), None, "{admitted}");
        }
        assert_eq!(wait(40 * SECOND + 1), Some(Duration::from_micros(1)));
        assert_eq!(wait(60 * SECOND), Some(Duration::from_secs(20)));
    }

    #[test]
    fn a_clock_that_was_ahead_keeps_nobody_out() {
        let now = 1_700_000_000 * SECOND;
        let a_little = 60 * SECOND + 300 * SECOND;
        assert!(counter().wait(now + a_little, now).is_some());
        assert_eq!(counter().wait(now + a_little + 1, now), None);
    }
}
