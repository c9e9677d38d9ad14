//! How much of an address counts as one client, or as one crowd.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How wide a network is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// An IPv4 address, or the /64 that an IPv6 client has to itself.
    Client,
    /// A /24, or the /48 that a household or a firm may have of IPv6: 65,536 clients.
    Site,
    /// A /16, or the /32 of a provider: 65,536 sites.
    Provider,
}

impl Width {
    /// From narrow to wide.
    pub const ALL: [Self; 3] = [Self::Client, Self::Site, Self::Provider];

    /// The network of this width that `address` is in.
    #[must_use]
    pub fn network(self, address: IpAddr) -> IpAddr {
        let (v4, v6) = match self {
            Self::Client => (32, 64),
            Self::Site => (24, 48),
            Self::Provider => (16, 32),
        };
        match address.to_canonical() {
            IpAddr::V4(address) => {
                Ipv4Addr::from_bits(address.to_bits() & (u32::MAX << (32 - v4))).into()
            }
            IpAddr::V6(address) => {
                Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - v6))).into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Width;

    #[test]
    fn an_address_is_in_networks_of_three_widths() {
        for (address, networks) in [
            ("192.0.2.77", ["192.0.2.77", "192.0.2.0", "192.0.0.0"]),
            (
                "::ffff:192.0.2.77",
                ["192.0.2.77", "192.0.2.0", "192.0.0.0"],
            ),
            (
                "2001:db8:1:2:3:4:5:6",
                ["2001:db8:1:2::", "2001:db8:1::", "2001:db8::"],
            ),
        ] {
            let address = address.parse().unwrap();
            let found = Width::ALL.map(|width| width.network(address).to_string());
            assert_eq!(found, networks);
        }
    }
}
