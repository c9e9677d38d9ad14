//! Which address a request is from, for the limits.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// Tells clients apart, also behind a proxy that is known.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddresses {
    trusted_proxy: Option<IpAddr>,
}

impl ClientAddresses {
    /// `trusted_proxy`: the address from which the one proxy in front of the server connects, if
    /// there is one.
    #[must_use]
    pub fn new(trusted_proxy: Option<IpAddr>) -> Self {
        Self {
            trusted_proxy: trusted_proxy.map(|address| address.to_canonical()),
        }
    }

    /// The address at the other end of the connection, unless that is the proxy's: then the last
    /// one in `X-Forwarded-For` that is not, which the proxy itself wrote there.
    ///
    /// Nothing else in a header counts. Anybody can send it, and each invented address would get
    /// attempts of its own.
    #[must_use]
    pub fn find(self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if self.trusted_proxy != Some(peer) {
            return peer;
        }
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        let mut hops = lines
            .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
            .map(address);
        hops.find(|hop| *hop != Some(peer))
            .flatten()
            .unwrap_or(peer)
    }
}

/// The address in one entry of the list; some proxies add the port. A client may have begun the
/// list with bytes that are no text: they are an entry of their own.
fn address(hop: &[u8]) -> Option<IpAddr> {
    let hop = str::from_utf8(hop).ok()?.trim();
    let with_port = || hop.parse().ok().map(|address: SocketAddr| address.ip());
    hop.parse()
        .ok()
        .or_else(with_port)
        .map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use axum::http::{HeaderMap, HeaderValue};

    use super::ClientAddresses;

    const PROXY: &str = "10.0.0.1";

    fn find(trusted: Option<&str>, peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            let line = HeaderValue::from_bytes(line.as_bytes());
            headers.append("x-forwarded-for", line.unwrap());
        }
        let trusted = trusted.map(|address| address.parse::<IpAddr>().unwrap());
        ClientAddresses::new(trusted)
            .find(peer.parse().unwrap(), &headers)
            .to_string()
    }

    #[test]
    fn without_a_trusted_proxy_only_the_connection_counts() {
        assert_eq!(find(None, "192.0.2.9", &["198.51.100.1"]), "192.0.2.9");
        assert_eq!(
            find(Some(PROXY), "192.0.2.9", &["198.51.100.1"]),
            "192.0.2.9",
            "it did not come through the proxy"
        );
    }

    #[test]
    fn behind_the_proxy_the_address_it_wrote_itself_counts() {
        for (forwarded, client) in [
            (&["198.51.100.1"][..], "198.51.100.1"),
            (&["203.0.113.7, 198.51.100.1"], "198.51.100.1"),
            (&["203.0.113.7", "198.51.100.1"], "198.51.100.1"),
            (&["203.0.113.7, 198.51.100.1, 10.0.0.1"], "198.51.100.1"),
            (&["é, 198.51.100.1"], "198.51.100.1"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["::ffff:198.51.100.1"], "198.51.100.1"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
        ] {
            assert_eq!(find(Some(PROXY), PROXY, forwarded), client, "{forwarded:?}");
            assert_eq!(
                find(Some(PROXY), "::ffff:10.0.0.1", forwarded),
                client,
                "{forwarded:?}"
            );
        }
    }

    #[test]
    fn what_the_proxy_cannot_have_written_counts_as_the_proxy_itself() {
        for forwarded in [
            &[][..],
            &[""],
            &["198.51.100.1, unknown"],
            &["198.51.100.1", "é"],
            &["10.0.0.1"],
        ] {
            assert_eq!(find(Some(PROXY), PROXY, forwarded), PROXY, "{forwarded:?}");
        }
    }
}
