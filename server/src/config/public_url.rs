//! Where visitors reach the server.

use std::{fmt, net::SocketAddr};

use url::{Host, Origin, Url};

use super::Problem;

/// The origin that visitors see in their address bar.
///
/// Cross-site requests are told from one's own by it, so it is configured and never taken from a
/// request's `Host` header, which a proxy may rewrite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Reads the value of `variable`.
    pub(crate) fn parse(
        text: &str,
        variable: &'static str,
        example: &'static str,
    ) -> Result<Self, Problem> {
        let wrong = |what: &str| Problem::new(variable, what, example);
        let url = Url::parse(text).map_err(|error| wrong(&format!("is no URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(wrong("does not start with http:// or https:// and a host"));
        }
        if url.path() != "/"
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
        {
            return Err(wrong("has more than a scheme, a host and a port"));
        }
        Ok(Self(url))
    }

    /// `http://localhost` with the port of `addr`.
    pub(super) fn on_this_machine(addr: SocketAddr) -> Self {
        let text = format!("http://localhost:{}", addr.port());
        Self(Url::parse(&text).expect("a scheme, localhost and a port make a URL"))
    }

    /// Whether browsers reach the server over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// What is wrong with an address that others than this machine reach without https.
    #[must_use]
    pub(crate) fn warning(&self) -> Option<String> {
        let is_safe = self.is_https() || self.is_loopback();
        (!is_safe).then(|| {
            format!(
                "{self} is not https: sessions and tokens can be read on their way. Set PUBLIC_URL \
                 to https"
            )
        })
    }

    /// Whether only browsers on this machine can reach it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// The same host over http, at another port.
    pub(crate) fn at_port(&self, port: u16) -> String {
        format!("http://{}:{port}", self.0.host_str().unwrap_or("localhost"))
    }

    /// Whether `origin`, as an `Origin` header has it, is this one.
    #[must_use]
    pub fn is_origin(&self, origin: &str) -> bool {
        matches!(self.0.origin(), own @ Origin::Tuple(..) if own.ascii_serialization() == origin)
    }

    /// Whether `origin` is this very server under another of this machine's own names, such as
    /// `http://127.0.0.1:3000` for `http://localhost:3000`.
    #[must_use]
    pub(crate) fn is_other_name(&self, origin: &str) -> bool {
        let Ok(other) = Url::parse(origin).map(Self) else {
            return false;
        };
        self.is_loopback()
            && other.is_loopback()
            && self.0.scheme() == other.0.scheme()
            && self.0.port_or_known_default() == other.0.port_or_known_default()
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.origin().ascii_serialization())
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, PublicUrl};

    fn parse(text: &str) -> Result<PublicUrl, Problem> {
        PublicUrl::parse(text, "PUBLIC_URL", "https://app.example.com")
    }

    #[test]
    fn only_an_origin_is_taken() {
        for text in [
            "localhost:3000",
            "ftp://a.test",
            "https://a.test/app",
            "https://a.test/?q",
            "https://u@a.test",
            "",
        ] {
            assert!(parse(text).is_err(), "{text:?} was taken");
        }
    }

    #[test]
    fn an_origin_header_must_match_to_the_letter() {
        let url = parse("https://app.example.com").unwrap();
        assert!(url.is_origin("https://app.example.com"));
        for origin in [
            "null",
            "",
            "http://app.example.com",
            "https://app.example.com:8443",
            "https://app.example.com.evil.test",
            "https://evil.test",
        ] {
            assert!(!url.is_origin(origin), "{origin:?} passed");
        }
    }

    #[test]
    fn this_machine_has_several_names_and_no_other_machine_has_one_of_them() {
        let local = parse("http://localhost:3000").unwrap();
        assert!(local.is_other_name("http://127.0.0.1:3000"));
        assert!(local.is_other_name("http://[::1]:3000"));
        for origin in [
            "null",
            "http://127.0.0.1:3001",
            "https://127.0.0.1:3000",
            "http://evil.test:3000",
        ] {
            assert!(!local.is_other_name(origin), "{origin:?} passed");
        }
        let public = parse("https://app.example.com").unwrap();
        assert!(!public.is_other_name("https://localhost"));
    }
}
