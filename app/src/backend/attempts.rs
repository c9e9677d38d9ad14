//! How often somebody may try to sign in or up.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use accounts::{EmailAddress, Standing};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{
    Width,
    acquaintances::Acquaintances,
    by_network::{ByNetwork, check, forget_the_idle},
};
use crate::{ApiError, ErrorCode};

/// Counts attempts per client address and per account, whether they succeed or not.
///
/// Each starts with a minute's worth and wins one back every `60 / limit` seconds, so nobody is
/// ever locked out for good. Whoever got into an account lately has attempts of their own at it: a
/// stranger who uses up the account's keeps only strangers out. Kept in memory: a restart forgives,
/// and several servers each count for themselves.
#[derive(Debug)]
pub struct Attempts {
    by_network: ByNetwork,
    by_account: DefaultKeyedRateLimiter<String>,
    by_acquaintance: DefaultKeyedRateLimiter<(String, IpAddr)>,
    sign_ups: ByNetwork,
    acquaintances: Mutex<Acquaintances>,
}

impl Attempts {
    /// At most `limit` attempts a minute per account and per client address, and as many new
    /// accounts an hour per address. Networks of many addresses have limits of their own.
    #[must_use]
    pub fn per_minute(limit: NonZeroU32) -> Self {
        let quota = Quota::per_minute(limit);
        Self {
            by_network: ByNetwork::new(Quota::per_minute, limit),
            by_account: RateLimiter::keyed(quota),
            by_acquaintance: RateLimiter::keyed(quota),
            sign_ups: ByNetwork::new(Quota::per_hour, limit),
            acquaintances: Mutex::new(Acquaintances::new()),
        }
    }

    /// Counts one attempt on `account` from `address`, and says whose it is.
    ///
    /// The address comes first: an attempt that is refused for where it comes from costs the
    /// account nothing. Whoever is known is not counted with the strangers of the same network.
    ///
    /// # Errors
    /// `too_many_attempts`, with the seconds until the next one.
    pub fn count(&self, address: IpAddr, account: &EmailAddress) -> Result<Standing, ApiError> {
        let client = Width::Client.network(address);
        let account = account.as_str().to_owned();
        if self.acquaintances().know(&account, client, Instant::now()) {
            self.by_network
                .check_client(address)
                .and_then(|()| check(&self.by_acquaintance, &(account, client)))
                .map_err(too_many)?;
            return Ok(Standing::Known);
        }
        self.by_network
            .check(address)
            .and_then(|()| check(&self.by_account, &account))
            .map_err(too_many)?;
        Ok(Standing::Stranger)
    }

    /// Counts one attempt to make an account.
    ///
    /// # Errors
    /// `too_many_attempts`, with the seconds until the next one.
    pub fn count_sign_up(&self, address: IpAddr, account: &EmailAddress) -> Result<(), ApiError> {
        self.count(address, account)?;
        self.sign_ups.check(address).map_err(too_many)
    }

    /// Remembers that somebody at `address` got into the account with this email.
    pub fn remember(&self, address: IpAddr, email: &str) {
        let client = Width::Client.network(address);
        self.acquaintances().remember(email, client, Instant::now());
    }

    fn acquaintances(&self) -> MutexGuard<'_, Acquaintances> {
        self.acquaintances
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets whoever has all their attempts back. Call it every minute or so, else the memory
    /// grows with every address that ever tried.
    pub fn forget_the_idle(&self) {
        self.by_network.forget_the_idle();
        forget_the_idle(&self.by_account);
        forget_the_idle(&self.by_acquaintance);
        self.sign_ups.forget_the_idle();
    }
}

fn too_many(wait: Duration) -> ApiError {
    // Rounded up: who comes back then is not refused again.
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    ApiError::from(ErrorCode::TooManyAttempts).retry_after(seconds.max(1))
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
    fn who_has_all_attempts_back_takes_up_no_memory() {
        let attempts = attempts(60_000);
        for client in 0..1_000_u32 {
            let account = format!("user{client}@example.com").parse().unwrap();
            attempts
                .count(std::net::Ipv4Addr::from(client).into(), &account)
                .unwrap();
        }
        let kept = || attempts.by_network.len() + attempts.by_account.len();
        // 1,000 accounts and clients, in 4 networks of 256 and one of 65,536.
        assert_eq!(kept(), 2_005);
        // Each wins its attempt back after a millisecond.
        let deadline = Instant::now() + Duration::from_secs(60);
        while kept() > 0 {
            assert!(Instant::now() < deadline, "{} are remembered", kept());
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

    #[test]
    fn an_address_creates_so_many_accounts_an_hour_and_no_more() {
        let attempts = attempts(3);
        let sign_up = |address: &str, number: u32| {
            let account = format!("user{number}@example.com").parse().unwrap();
            attempts.count_sign_up(address.parse().unwrap(), &account)
        };
        for number in 0..3 {
            sign_up("192.0.2.1", number).unwrap();
        }
        let refused = attempts.sign_ups.check("192.0.2.1".parse().unwrap());
        let wait = refused.unwrap_err().as_secs();
        assert!((60..=20 * 60).contains(&wait), "{wait}");
        sign_up("192.0.2.2", 4).unwrap();
    }
}
