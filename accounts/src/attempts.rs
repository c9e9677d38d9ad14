//! How often somebody may try to get in: counted in the database, for all servers that share it.

mod acquaintances;
mod counter;
mod ledger;

use std::{
    net::IpAddr,
    num::NonZeroU32,
    time::{Duration, SystemTime},
};

use crate::{Accounts, EmailAddress, Error, Standing, UserId, engine::Database};
use counter::{Counter, Quota};

pub(crate) use acquaintances::LATELY;

/// How soon all attempts to get in are back.
const MINUTE: Duration = Duration::from_secs(60);
/// How soon an address may make as many accounts again.
pub(crate) const HOUR: Duration = Duration::from_secs(60 * MINUTE.as_secs());

/// Counts attempts per client address and per account, whether they succeed or not, together with
/// every server on the same database.
///
/// Each starts with a minute's worth and wins one back every `60 / limit` seconds, so nobody is
/// ever locked out for good. Whoever got into an account lately has attempts of their own at it: a
/// stranger who uses up the account's keeps only strangers out.
///
/// What is kept has a bound. A refused attempt writes nothing; a counted one writes a row for each
/// of at most seven counters, which goes within minutes of its last attempt being back; and a
/// network of the width [`Width::Provider`](crate::Width::Provider) has 64 times `limit` of them a
/// minute, and as many for those who are known. So it takes another such network to write more
/// rows, and none of them stays. A user is remembered with eight networks, and nobody without an
/// account with any.
#[derive(Clone, Debug)]
pub struct Attempts {
    database: Database,
    limit: NonZeroU32,
}

impl Attempts {
    /// At most `limit` attempts a minute per account and per client address, and as many new
    /// accounts an hour per address. Networks of many addresses have limits of their own.
    #[must_use]
    pub fn per_minute(limit: NonZeroU32, accounts: &Accounts) -> Self {
        Self {
            database: accounts.database.clone(),
            limit,
        }
    }

    /// Counts one attempt on `account` from `address`, and says whose it is.
    ///
    /// An attempt that is refused is counted nowhere: one that is refused for where it comes from
    /// costs the account nothing. Whoever is known is not counted with the strangers of the same
    /// network.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`], with the time until the next one.
    pub async fn count(
        &self,
        address: IpAddr,
        account: &EmailAddress,
        now: SystemTime,
    ) -> Result<Standing, Error> {
        let (standing, counters) = self.counters(address, account, now).await?;
        ledger::count(&self.database, counters, now).await?;
        Ok(standing)
    }

    /// Counts one attempt to make an account.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`], with the time until the next one.
    pub async fn count_sign_up(
        &self,
        address: IpAddr,
        account: &EmailAddress,
        now: SystemTime,
    ) -> Result<(), Error> {
        let (_, mut counters) = self.counters(address, account, now).await?;
        counters.extend(Counter::networks("sign-ups", address, self.quota(HOUR)));
        ledger::count(&self.database, counters, now).await
    }

    /// Remembers that `user` got in from `address`.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn remember(
        &self,
        address: IpAddr,
        user: &UserId,
        now: SystemTime,
    ) -> Result<(), Error> {
        acquaintances::remember(&self.database, address, user, now).await
    }

    async fn counters(
        &self,
        address: IpAddr,
        account: &EmailAddress,
        now: SystemTime,
    ) -> Result<(Standing, Vec<Counter>), Error> {
        let quota = self.quota(MINUTE);
        let networks = Counter::networks("attempts", address, quota);
        if acquaintances::know(&self.database, address, account, now).await? {
            let [client, ..] = networks;
            let own = Counter::acquaintance(account, address, quota);
            // Somebody may have an account for each of many clients, and passwords of whoever is
            // known are hashed first.
            let [_, site, provider] = Counter::networks("known", address, quota);
            return Ok((Standing::Known, vec![client, own, site, provider]));
        }
        let mut counters = vec![Counter::account(account, quota)];
        counters.extend(networks);
        Ok((Standing::Stranger, counters))
    }

    fn quota(&self, period: Duration) -> Quota {
        Quota {
            attempts: self.limit,
            period,
        }
    }
}
