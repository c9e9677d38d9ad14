//! How often somebody may try to sign in or up.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use accounts::EmailAddress;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use crate::{ApiError, ErrorCode};

/// For how long a client who got in is remembered: 30 days.
const ACQUAINTANCE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// An account, and a client who got into it.
type Acquaintance = (String, IpAddr);

/// Counts attempts per client address and per account, whether they succeed or not.
///
/// Each starts with a minute's worth and wins one back every `60 / limit` seconds, so nobody is
/// ever locked out for good. Whoever got into an account lately has attempts of their own at it: a
/// stranger who uses up the account's keeps only strangers out. Kept in memory: a restart forgives,
/// and several servers each count for themselves.
#[derive(Debug)]
pub struct Attempts {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<String>,
    by_acquaintance: DefaultKeyedRateLimiter<Acquaintance>,
    acquaintances: Mutex<HashMap<Acquaintance, Instant>>,
}

impl Attempts {
    /// At most `limit` attempts a minute per account and per client address.
    #[must_use]
    pub fn per_minute(limit: NonZeroU32) -> Self {
        let quota = Quota::per_minute(limit);
        Self {
            by_address: RateLimiter::keyed(quota),
            by_account: RateLimiter::keyed(quota),
            by_acquaintance: RateLimiter::keyed(quota),
            acquaintances: Mutex::default(),
        }
    }

    /// Counts one attempt on `account` from `address`.
    ///
    /// The address comes first: an attempt that is refused for where it comes from costs the
    /// account nothing.
    ///
    /// # Errors
    /// `too_many_attempts`, with the seconds until the next one.
    pub fn count(&self, address: IpAddr, account: &EmailAddress) -> Result<(), ApiError> {
        let now = DefaultClock::default().now();
        let network = network(address);
        let pair = (account.as_str().to_owned(), network);
        let is_known = self.acquaintances().contains_key(&pair);
        self.by_address
            .check_key(&network)
            .and_then(|()| {
                if is_known {
                    self.by_acquaintance.check_key(&pair)
                } else {
                    self.by_account.check_key(&pair.0)
                }
            })
            .map_err(|refused| {
                let seconds = refused.wait_time_from(now).as_secs_f64().ceil().max(1.0);
                #[expect(
                    clippy::as_conversions,
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a wait is between 1 and 60 seconds"
                )]
                ApiError::from(ErrorCode::TooManyAttempts).retry_after(seconds as u64)
            })
    }

    /// Remembers that somebody at `address` got into the account with this email.
    pub fn remember(&self, address: IpAddr, email: &str) {
        self.acquaintances()
            .insert((email.to_owned(), network(address)), Instant::now());
    }

    fn acquaintances(&self) -> MutexGuard<'_, HashMap<Acquaintance, Instant>> {
        self.acquaintances
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets whoever has all their attempts back. Call it every minute or so, else the memory
    /// grows with every address that ever tried.
    pub fn forget_the_idle(&self) {
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        self.by_address.shrink_to_fit();
        self.by_account.shrink_to_fit();
        self.by_acquaintance.retain_recent();
        self.by_acquaintance.shrink_to_fit();
        self.forget_acquaintances(Instant::now());
    }

    fn forget_acquaintances(&self, now: Instant) {
        self.acquaintances()
            .retain(|_, since| now.duration_since(*since) < ACQUAINTANCE);
    }
}

/// What counts as one client: an IPv4 address, or the /64 network that an IPv6 client has to
/// itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        num::NonZeroU32,
        time::{Duration, Instant},
    };

    use super::Attempts;

    fn attempts(limit: u32) -> Attempts {
        Attempts::per_minute(NonZeroU32::new(limit).unwrap())
    }

    #[test]
    fn the_attempt_after_the_last_says_how_long_to_wait() {
        let attempts = attempts(3);
        let (address, account) = (
            "192.0.2.1".parse().unwrap(),
            "ada@example.com".parse().unwrap(),
        );
        for _ in 0..3 {
            attempts.count(address, &account).unwrap();
        }
        let refused = attempts.count(address, &account).unwrap_err();
        assert_eq!(refused.code.status_code(), 429);
        assert!((1..=20).contains(&refused.retry_after.unwrap()));
    }

    #[test]
    fn an_account_is_counted_across_addresses_and_an_address_across_accounts() {
        let attempts = attempts(2);
        let count = |address: &str, account: &str| {
            attempts.count(address.parse().unwrap(), &account.parse().unwrap())
        };
        count("192.0.2.1", "ada@example.com").unwrap();
        count("192.0.2.2", "ada@example.com").unwrap();
        assert!(count("192.0.2.3", "ada@example.com").is_err());
        count("192.0.2.1", "bob@example.com").unwrap();
        assert!(count("192.0.2.1", "cy@example.com").is_err());
    }

    #[test]
    fn an_address_that_is_refused_costs_the_account_nothing() {
        let attempts = attempts(2);
        let count = |address: &str, account: &str| {
            attempts.count(address.parse().unwrap(), &account.parse().unwrap())
        };
        count("192.0.2.1", "bob@example.com").unwrap();
        count("192.0.2.1", "cy@example.com").unwrap();
        for _ in 0..10 {
            assert!(count("192.0.2.1", "ada@example.com").is_err());
        }
        count("192.0.2.2", "ada@example.com").unwrap();
    }

    #[test]
    fn an_attack_on_an_account_keeps_its_owner_out_of_nothing() {
        let attempts = attempts(2);
        let count = |address: &str| {
            attempts.count(
                address.parse().unwrap(),
                &"ada@example.com".parse().unwrap(),
            )
        };
        attempts.remember("192.0.2.1".parse().unwrap(), "ada@example.com");
        for stranger in 1..50 {
            assert_eq!(
                count(&format!("198.51.100.{stranger}")).is_ok(),
                stranger <= 2
            );
        }
        count("192.0.2.1").unwrap();
        count("192.0.2.1").unwrap();
        assert!(
            count("192.0.2.1").is_err(),
            "the owner's attempts are counted too"
        );
        let eve = "eve@example.com".parse().unwrap();
        assert!(
            attempts.count("192.0.2.1".parse().unwrap(), &eve).is_err(),
            "and others from there with them"
        );
    }

    #[test]
    fn who_got_in_is_remembered_for_thirty_days() {
        const DAY: Duration = Duration::from_secs(86_400);
        let attempts = attempts(1);
        let got_in = Instant::now();
        attempts.remember("192.0.2.1".parse().unwrap(), "ada@example.com");
        let remembered = |days: u32| {
            attempts.forget_acquaintances(got_in + days * DAY);
            attempts.acquaintances().len() == 1
        };
        assert!(remembered(29));
        assert!(!remembered(31));
    }

    #[test]
    fn who_has_all_attempts_back_takes_up_no_memory() {
        let attempts = attempts(60_000);
        for client in 0..1_000_u32 {
            let account = format!("user{client}@example.com").parse().unwrap();
            attempts
                .count(std::net::Ipv4Addr::from(client).into(), &account)
                .unwrap();
        }
        let kept = || attempts.by_address.len() + attempts.by_account.len();
        assert_eq!(kept(), 2_000);
        // Each wins its attempt back after a millisecond.
        while kept() > 0 {
            attempts.forget_the_idle();
        }
    }

    #[test]
    fn moving_about_in_an_ipv6_network_gives_no_new_attempts() {
        let attempts = attempts(1);
        let count = |address: &str, account: &str| {
            attempts.count(address.parse().unwrap(), &account.parse().unwrap())
        };
        count("2001:db8::1", "ada@example.com").unwrap();
        assert!(count("2001:db8::2", "bob@example.com").is_err());
        count("2001:db8:0:1::1", "cy@example.com").unwrap();
        count("192.0.2.1", "dee@example.com").unwrap();
        assert!(count("::ffff:192.0.2.1", "eve@example.com").is_err());
    }
}
