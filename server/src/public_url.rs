//! Addresses that browsers open: `PUBLIC_URL`, `SANDBOX_PUBLIC_URL`, `Origin` and `Host`.

use std::{fmt, str::FromStr};

use axum::http::uri::Authority;
use url::{Host, Url};

/// An origin as in a browser's address bar: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("it is not a URL ({error})"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("it does not start with http:// or https://".to_owned());
        }
        let has_more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
        if has_more || !url.username().is_empty() || url.password().is_some() {
            return Err("it has more than a scheme, a host and a port".to_owned());
        }
        Ok(Self(url))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.origin().ascii_serialization())
    }
}

impl PublicUrl {
    /// Reads an `Origin` header, which browsers write in one way only (RFC 6454, section 6.2).
    pub(crate) fn from_origin(header: &str) -> Option<Self> {
        let url: Self = header.parse().ok()?;
        (url.to_string() == header).then_some(url)
    }

    /// Reads a `Host` header of a request that was made with this scheme.
    pub(crate) fn from_host(scheme: &str, header: &str) -> Option<Self> {
        let authority: Authority = header.parse().ok()?;
        format!("{scheme}://{authority}").parse().ok()
    }

    /// `http` or `https`.
    pub(crate) fn scheme(&self) -> &str {
        self.0.scheme()
    }

    /// Whether browsers reach it over https.
    pub(crate) fn is_https(&self) -> bool {
        self.scheme() == "https"
    }

    /// Whether its host is a name of the machine that the browser runs on: `localhost`,
    /// `*.localhost`, `127.0.0.0/8` or `[::1]` (W3C Secure Contexts, section 3.1).
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Whether both are names of this machine with the same scheme and port, such as
    /// `http://localhost:3000` and `http://127.0.0.1:3000`.
    pub(crate) fn is_same_server(&self, other: &Self) -> bool {
        let (url, other_url) = (&self.0, &other.0);
        (self.is_loopback() && other.is_loopback())
            && url.scheme() == other_url.scheme()
            && url.port_or_known_default() == other_url.port_or_known_default()
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn only_an_origin_is_accepted() {
        for text in [
            "localhost:3000",
            "ftp://a.test",
            "https://a.test/app",
            "https://a.test/?q",
            "https://a.test/#f",
            "https://u@a.test",
            "https://:p@a.test",
            "",
        ] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_origin_header_is_read_to_the_letter() {
        for header in [
            "https://app.example.com",
            "http://localhost:3000",
            "http://[::1]:3000",
        ] {
            assert!(PublicUrl::from_origin(header).is_some(), "{header:?}");
        }
        for header in [
            "null",
            "",
            "http://localhost:3000/",
            "http://LOCALHOST:3000",
            "http://localhost:80",
            "http://a.test, http://b.test",
            "http://a.test#http://b.test",
        ] {
            assert!(PublicUrl::from_origin(header).is_none(), "{header:?}");
        }
    }

    #[test]
    fn this_machine_has_several_names_and_no_other_machine_has_one_of_them() {
        let url = |text: &str| text.parse::<PublicUrl>().unwrap();
        let local = url("http://localhost:3000");
        for name in [
            "http://127.0.0.1:3000",
            "http://[::1]:3000",
            "http://app.localhost:3000",
        ] {
            assert!(local.is_same_server(&url(name)), "{name}");
        }
        for other in [
            "http://127.0.0.1:3001",
            "https://127.0.0.1:3000",
            "http://evil.test:3000",
            "http://localhost.evil.test:3000",
            "http://127.0.0.1.evil.test:3000",
        ] {
            assert!(!local.is_same_server(&url(other)), "{other}");
        }
        let public = url("https://app.example.com");
        assert!(!public.is_same_server(&url("https://localhost")));
    }
}
