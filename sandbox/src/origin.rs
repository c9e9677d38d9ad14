//! Which pages may call the widget's API: their origins, as browsers state them in `Origin` (RFC
//! 6454).

use std::str::FromStr;

use url::{Host, Url};

/// The origin of a page: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(Url);

/// The origins whose pages may call the widget's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedOrigins {
    /// Every page served from this machine: `localhost`, `*.localhost`, `127.0.0.0/8` and `[::1]`,
    /// on any port.
    AnyLoopback,
    /// These and no others.
    These(Vec<Origin>),
}

/// A text that is not an origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not an origin; write scheme, host and port and nothing after them, such as \
     http://localhost:3000"
)]
pub struct OriginError(String);

impl Origin {
    fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(|host| match host {
            Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        })
    }
}

impl AllowedOrigins {
    /// Whether a page that sends this `Origin` header may call the API. `null` and unreadable
    /// values may not.
    #[must_use]
    pub fn allow(&self, header: &str) -> bool {
        header.parse::<Origin>().is_ok_and(|origin| match self {
            Self::AnyLoopback => origin.is_loopback(),
            Self::These(origins) => origins.contains(&origin),
        })
    }

    /// The same as sources of a Content-Security-Policy, whose notation has no IPv6 addresses.
    pub(crate) fn as_csp_sources(&self) -> String {
        match self {
            Self::AnyLoopback => "localhost:* *.localhost:* 127.0.0.1:*".to_owned(),
            Self::These(origins) => {
                let source = |Origin(url): &Origin| url.origin().ascii_serialization();
                origins.iter().map(source).collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn listed(&self) -> &[Origin] {
        match self {
            Self::AnyLoopback => &[],
            Self::These(origins) => origins,
        }
    }

    /// Whether they are all of this machine.
    pub(crate) fn are_loopback(&self) -> bool {
        self.listed().iter().all(Origin::is_loopback)
    }

    /// Whether `host` is that of an origin on the list: a name that the developer trusts.
    pub(crate) fn name_host(&self, host: &str) -> bool {
        let mut hosts = self.listed().iter().map(|origin| origin.0.host_str());
        hosts.any(|listed| listed == Some(host))
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let refused = || OriginError(text.to_owned());
        let url = Url::parse(text).map_err(|_| refused())?;
        let authority = text.split_once("://").map(|(_, authority)| authority);
        let is_bare = authority.is_some_and(|text| !text.contains(['/', '?', '#', '@', '\\']));
        if !is_bare || !matches!(url.scheme(), "http" | "https") {
            return Err(refused());
        }
        Ok(Self(url))
    }
}

/// Whether a host, as it stands in an address, can only mean this machine.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    Url::parse(&format!("http://{host}")).is_ok_and(|url| Origin(url).is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_loopback_takes_pages_of_this_machine_and_no_others() {
        for origin in [
            "http://localhost:3000",
            "https://app.localhost",
            "http://127.0.0.1:8080",
            "http://[::1]:5173",
        ] {
            assert!(
                AllowedOrigins::AnyLoopback.allow(origin),
                "{origin} was refused"
            );
        }
        for origin in [
            "null",
            "",
            "http://localhost.evil.test",
            "http://evil.test:3000",
            "http://127.0.0.1.evil.test",
            "http://notlocalhost",
            "file://localhost",
            "http://localhost:3000/path",
            "http://localhost@evil.test",
            "http://evil@localhost",
            "http://localhost:3000/",
            "http://localhost?query",
            "http://localhost#fragment",
        ] {
            assert!(
                !AllowedOrigins::AnyLoopback.allow(origin),
                "{origin} was allowed"
            );
        }
    }

    #[test]
    fn a_list_takes_its_own_origins_with_the_default_port_spelled_or_not() {
        let allowed = AllowedOrigins::These(vec!["https://app.example.com".parse().unwrap()]);
        assert!(allowed.allow("https://app.example.com"));
        assert!(allowed.allow("https://APP.example.com:443"));
        assert!(!allowed.allow("http://app.example.com"));
        assert!(!allowed.allow("http://localhost:3000"));
        assert_eq!(allowed.as_csp_sources(), "https://app.example.com");
    }
}
