//! Which address a request is from, for the rate limits.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

/// The address at the other end of the connection, unless that is the proxy's: then the last one in
/// `X-Forwarded-For` that is not, which the proxy itself wrote there.
///
/// Nothing else in a header counts. Anybody can send it, and each invented address would get
/// attempts of its own.
pub(super) fn find(
    extensions: &Extensions,
    headers: &HeaderMap,
    trusted_proxy: Option<IpAddr>,
) -> Option<IpAddr> {
    let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    let peer = peer.ip().to_canonical();
    let is_proxy = |address: IpAddr| {
        trusted_proxy.is_some_and(|proxy| {
            // A proxy on this machine may connect from 127.0.0.1 or ::1.
            proxy.to_canonical() == address || (proxy.is_loopback() && address.is_loopback())
        })
    };
    if !is_proxy(peer) {
        return Some(peer);
    }
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let mut hops = lines
        .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
        .map(parse_hop);
    let client = hops.find(|hop| hop.is_none_or(|hop| !is_proxy(hop)));
    Some(client.flatten().unwrap_or(peer))
}

/// The address in one entry of the list. Some proxies add the port. A client may have begun the
/// list with bytes that are no text.
fn parse_hop(hop: &[u8]) -> Option<IpAddr> {
    let hop = str::from_utf8(hop).ok()?.trim();
    let with_port = || hop.parse().ok().map(|address: SocketAddr| address.ip());
    hop.parse()
        .ok()
        .or_else(with_port)
        .map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, SocketAddr};

    use axum::{
        extract::ConnectInfo,
        http::{Extensions, HeaderMap, HeaderValue},
    };

    const PROXY: &str = "10.0.0.1";

    fn find(trusted: Option<&str>, peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            let line = HeaderValue::from_bytes(line.as_bytes());
            headers.append("x-forwarded-for", line.unwrap());
        }
        let mut extensions = Extensions::new();
        let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
        extensions.insert(ConnectInfo(peer));
        let trusted = trusted.map(|address| address.parse::<IpAddr>().unwrap());
        super::find(&extensions, &headers, trusted)
            .unwrap()
            .to_string()
    }

    #[test]
    fn without_a_trusted_proxy_only_the_connection_counts() {
        assert_eq!(find(None, "192.0.2.9", &["198.51.100.1"]), "192.0.2.9");
        // It did not come through the proxy.
        assert_eq!(
            find(Some(PROXY), "192.0.2.9", &["198.51.100.1"]),
            "192.0.2.9"
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
            for peer in [PROXY, "::ffff:10.0.0.1"] {
                assert_eq!(find(Some(PROXY), peer, forwarded), client, "{forwarded:?}");
            }
        }
    }

    #[test]
    fn a_proxy_on_this_machine_is_known_by_every_loopback_address() {
        for (trusted, peer) in [
            ("127.0.0.1", "::1"),
            ("::1", "127.0.0.1"),
            ("127.0.0.1", "127.0.0.2"),
        ] {
            assert_eq!(find(Some(trusted), peer, &["198.51.100.1"]), "198.51.100.1");
        }
        assert_eq!(
            find(Some("127.0.0.1"), "192.0.2.9", &["198.51.100.1"]),
            "192.0.2.9"
        );
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
