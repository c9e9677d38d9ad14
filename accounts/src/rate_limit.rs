//! Rate limits, counted in the database: servers that share it count together, and a restart
//! forgets nothing.
//!
//! Each limit is a GCRA counter (generic cell rate algorithm): one number, the theoretical arrival
//! time. It says when all attempts are back. They come back one by one, evenly, so that nobody is
//! locked out for long.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use sqlx::AssertSqlSafe;

use crate::{DeviceToken, EmailAddress, Error, database::Database, token::sha256};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Attempts of one client address, at whatever accounts: as many times the limit.
const CLIENT: u32 = 6;
/// Attempts at one account, from wherever, by browsers that never signed in to it.
const ACCOUNT: u32 = 3;

/// So many attempts in a period.
#[derive(Clone, Debug)]
pub(crate) struct RateLimit {
    key: String,
    attempts: u32,
    period: Duration,
}

impl RateLimit {
    /// The limits of one attempt to sign in to `account`, in the order in which their rows are
    /// locked: the same for everybody, so that no two attempts wait for each other.
    ///
    /// `device` is a browser that has signed in to this account before. It has attempts of its own
    /// and is not counted with strangers.
    pub(crate) fn sign_in(
        limit: NonZeroU32,
        account: &EmailAddress,
        client: IpAddr,
        device: Option<&DeviceToken>,
    ) -> Vec<Self> {
        let (limit, client) = (limit.get(), network(client));
        if let Some(device) = device {
            let hash = device.hash();
            return vec![Self::new(
                &format!("device {hash} {account}"),
                limit,
                MINUTE,
            )];
        }
        let [of_client, of_account] = [CLIENT, ACCOUNT].map(|times| limit.saturating_mul(times));
        vec![
            Self::new(&format!("pair {client} {account}"), limit, MINUTE),
            Self::new(&format!("client {client}"), of_client, MINUTE),
            Self::new(&format!("account {account}"), of_account, MINUTE),
        ]
    }

    /// The limit of new accounts from one client address.
    pub(crate) fn sign_up(limit: NonZeroU32, client: IpAddr) -> Self {
        Self::new(&format!("sign-up {}", network(client)), limit.get(), HOUR)
    }

    /// The hash keeps addresses and what was typed for an email out of copies of the database.
    fn new(key: &str, attempts: u32, period: Duration) -> Self {
        Self {
            key: sha256(key),
            attempts,
            period,
        }
    }
}

/// Counts one attempt for each of `limits`, or for none of them if one refuses.
///
/// # Errors
/// [`Error::TooManyAttempts`], with the time until the next one.
pub(crate) async fn count(database: &Database, limits: &[RateLimit]) -> Result<(), Error> {
    let now = database.now();
    // An arrival more than a period and a minute ahead was counted before the database's clock was
    // set back. It would lock somebody out until then, so it counts for nothing.
    let count = format!(
        "INSERT INTO rate_limits (key, theoretical_arrival) VALUES ($1, {now} + $2)
         ON CONFLICT (key) DO UPDATE SET theoretical_arrival = $2
             + CASE WHEN rate_limits.theoretical_arrival BETWEEN {now} AND {now} + $3 + 60000000
               THEN rate_limits.theoretical_arrival ELSE {now} END
         WHERE rate_limits.theoretical_arrival + $2 <= {now} + $3
         OR rate_limits.theoretical_arrival > {now} + $3 + 60000000"
    );
    let wait = format!("SELECT theoretical_arrival - {now} FROM rate_limits WHERE key = $1");
    let mut transaction = database.begin().await?;
    for RateLimit {
        key,
        attempts,
        period,
    } in limits
    {
        let period = i64::try_from(period.as_micros()).unwrap_or(i64::MAX);
        let cost = (period / i64::from(*attempts)).max(1);
        let counted = sqlx::query(AssertSqlSafe(count.as_str()))
            .bind(key)
            .bind(cost)
            .bind(period)
            .execute(&mut *transaction)
            .await?;
        if counted.rows_affected() == 0 {
            let (all_back_in,): (i64,) = sqlx::query_as(AssertSqlSafe(wait.as_str()))
                .bind(key)
                .fetch_one(&mut *transaction)
                .await?;
            transaction.rollback().await?;
            let wait = u64::try_from(all_back_in + cost - period).unwrap_or(0);
            return Err(Error::TooManyAttempts(Duration::from_micros(wait)));
        }
    }
    Ok(transaction.commit().await?)
}

/// What counts as one client: an IPv4 address, or the /64 that an IPv6 client has to itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn a_client_is_an_ipv4_address_or_an_ipv6_64() {
        for (address, client) in [
            ("192.0.2.77", "192.0.2.77"),
            ("::ffff:192.0.2.77", "192.0.2.77"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ] {
            assert_eq!(network(address.parse().unwrap()).to_string(), client);
        }
    }
}
