//! A limit per client, and wider ones for whoever has many addresses.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use super::Width;

/// How much more each wider network may do than the next narrower one.
const WIDER: NonZeroU32 = NonZeroU32::new(8).expect("8 is not 0");

/// One limiter for each width.
#[derive(Debug)]
pub(super) struct ByNetwork([(Width, DefaultKeyedRateLimiter<IpAddr>); 3]);

impl ByNetwork {
    /// `limit` for a client; `quota` says for how long it lasts.
    pub(super) fn new(quota: fn(NonZeroU32) -> Quota, limit: NonZeroU32) -> Self {
        let mut limit = limit;
        Self(Width::ALL.map(|width| {
            let limiter = RateLimiter::keyed(quota(limit));
            limit = limit.saturating_mul(WIDER);
            (width, limiter)
        }))
    }

    /// Counts once for the client alone.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn check_client(&self, address: IpAddr) -> Result<(), Duration> {
        let [(width, client), ..] = &self.0;
        check(client, &width.network(address))
    }

    /// Counts once for the client and for each network around it.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn check(&self, address: IpAddr) -> Result<(), Duration> {
        self.0
            .iter()
            .try_for_each(|(width, limiter)| check(limiter, &width.network(address)))
    }

    pub(super) fn forget_the_idle(&self) {
        for (_, limiter) in &self.0 {
            forget_the_idle(limiter);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|(_, limiter)| limiter.len()).sum()
    }
}

/// Counts once for `key`.
///
/// # Errors
/// How long to wait.
pub(super) fn check<K: std::hash::Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<(), Duration> {
    let now = DefaultClock::default().now();
    limiter
        .check_key(key)
        .map_err(|refused| refused.wait_time_from(now))
}

/// Forgets whoever has everything back.
pub(super) fn forget_the_idle<K: std::hash::Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
) {
    limiter.retain_recent();
    limiter.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use governor::Quota;

    use super::ByNetwork;

    #[test]
    fn many_networks_of_one_site_or_provider_give_a_few_more_attempts_and_no_more() {
        let admitted = |address: fn(u32) -> String| {
            let limits = ByNetwork::new(Quota::per_minute, NonZeroU32::new(2).unwrap());
            (0..1_000)
                .filter(|number| limits.check(address(*number).parse().unwrap()).is_ok())
                .count()
        };
        // 65,536 clients of one /48, and 65,536 sites of one /32.
        assert_eq!(admitted(|number| format!("2001:db8:1:{number:x}::1")), 16);
        assert_eq!(admitted(|number| format!("2001:db8:{number:x}::1")), 128);
        assert_eq!(admitted(|number| format!("192.0.2.{}", number % 256)), 16);
        assert_eq!(admitted(|number| format!("192.0.{}.1", number % 256)), 128);
    }
}
