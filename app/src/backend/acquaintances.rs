//! From where each account was got into lately.

use std::{
    net::IpAddr,
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use lru::LruCache;

/// For how long: 30 days.
const LATELY: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How many accounts are remembered. More would let strangers fill the memory with theirs.
const MOST_ACCOUNTS: NonZeroUsize = NonZeroUsize::new(10_000).expect("10,000 is not 0");
/// How many networks of one account, so that nobody with one account drives others' out.
const MOST_NETWORKS: usize = 8;

/// The networks from which somebody got into an account, the latest last.
#[derive(Debug)]
pub(super) struct Acquaintances(LruCache<String, Vec<(IpAddr, Instant)>>);

impl Acquaintances {
    pub(super) fn new() -> Self {
        Self(LruCache::new(MOST_ACCOUNTS))
    }

    pub(super) fn remember(&mut self, account: &str, network: IpAddr, now: Instant) {
        let networks = self.0.get_or_insert_mut(account.to_owned(), Vec::new);
        networks.retain(|(known, _)| *known != network);
        networks.push((network, now));
        if networks.len() > MOST_NETWORKS {
            networks.remove(0);
        }
    }

    pub(super) fn know(&self, account: &str, network: IpAddr, now: Instant) -> bool {
        let networks = self.0.peek(account).into_iter().flatten();
        networks
            .filter(|(_, since)| now.duration_since(*since) < LATELY)
            .any(|(known, _)| *known == network)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        net::{IpAddr, Ipv4Addr},
        time::{Duration, Instant},
    };

    use super::{Acquaintances, MOST_ACCOUNTS, MOST_NETWORKS};

    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const ADA: &str = "ada@example.com";

    #[test]
    fn who_got_in_is_remembered_for_thirty_days() {
        const DAY: Duration = Duration::from_secs(86_400);
        let mut acquaintances = Acquaintances::new();
        let got_in = Instant::now();
        acquaintances.remember(ADA, HOME, got_in);
        assert!(acquaintances.know(ADA, HOME, got_in + 29 * DAY));
        assert!(!acquaintances.know(ADA, HOME, got_in + 31 * DAY));
        acquaintances.remember(ADA, HOME, got_in + 29 * DAY);
        assert!(acquaintances.know(ADA, HOME, got_in + 58 * DAY));
    }

    #[test]
    fn what_is_remembered_has_a_bound_that_one_account_cannot_use_up() {
        let mut acquaintances = Acquaintances::new();
        let now = Instant::now();
        acquaintances.remember(ADA, HOME, now);
        for network in 0..100_000_u32 {
            acquaintances.remember("eve@example.com", Ipv4Addr::from(network).into(), now);
        }
        assert!(acquaintances.know(ADA, HOME, now));
        let eves = acquaintances.0.peek("eve@example.com").unwrap();
        assert_eq!(eves.len(), MOST_NETWORKS);
        for account in 0..2 * MOST_ACCOUNTS.get() {
            acquaintances.remember(&format!("user{account}@example.com"), HOME, now);
        }
        assert_eq!(acquaintances.0.len(), MOST_ACCOUNTS.get());
    }
}
