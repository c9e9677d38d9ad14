//! How many connections each client has, so that none has all of them.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use accounts::Width;

/// Counts by client: an IPv4 address or an IPv6 /64.
pub(crate) struct FairShares {
    most: usize,
    exempt: Option<IpAddr>,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// One connection's part, given back when it is dropped.
pub(crate) struct Share {
    shares: Arc<FairShares>,
    client: IpAddr,
}

impl FairShares {
    /// `most` for everybody but `exempt`.
    pub(crate) fn new(most: usize, exempt: Option<IpAddr>) -> Self {
        Self {
            most,
            exempt: exempt.map(|address| Width::Client.network(address)),
            taken: Mutex::default(),
        }
    }

    /// One more for `address`, or `None` if it has enough.
    pub(crate) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Share> {
        let client = Width::Client.network(address);
        let mut taken = self.taken();
        let count = taken.entry(client).or_default();
        if *count >= self.most && self.exempt != Some(client) {
            return None;
        }
        *count += 1;
        drop(taken);
        Some(Share {
            shares: Arc::clone(self),
            client,
        })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shares.taken();
        let left = taken.get(&self.client).map_or(0, |count| count - 1);
        if left == 0 {
            taken.remove(&self.client);
        } else {
            taken.insert(self.client, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::FairShares;

    #[test]
    fn a_proxy_has_as_many_as_its_clients_need_and_everybody_else_a_share() {
        let shares = Arc::new(FairShares::new(2, Some("10.0.0.1".parse().unwrap())));
        let take = |address: &str| shares.take(address.parse().unwrap());
        let held = [take("192.0.2.1"), take("192.0.2.1")];
        assert!(held.iter().all(Option::is_some) && take("192.0.2.1").is_none());
        assert!(take("192.0.2.2").is_some());
        let proxied: Vec<_> = (0..10).map(|_| take("::ffff:10.0.0.1")).collect();
        assert!(proxied.iter().all(Option::is_some));
        let (one, two) = (take("2001:db8::1"), take("2001:db8::2"));
        assert!(one.is_some() && two.is_some() && take("2001:db8::3").is_none());

        drop((held, proxied, one, two));
        assert!(
            shares.taken().is_empty(),
            "what is given back takes up no memory"
        );
    }
}
