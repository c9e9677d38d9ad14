//! Where a script may come from: nowhere that anybody on its way could change it.

use std::net::Ipv6Addr;

/// Whether only whoever runs the host can change what is at `url`: over https, or on this machine.
pub(crate) fn is_safe(url: &str) -> bool {
    let is_safe = match url.split_once("://") {
        Some(("https", rest)) => host(rest).is_some(),
        Some(("http", rest)) => host(rest).is_some_and(is_this_machine),
        _ => false,
    };
    is_safe && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The host in what follows a scheme, without its port; nothing if it cannot be one.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?', '#']).next()?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, "443"),
    };
    let in_brackets = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let is_host = match in_brackets {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
            !host.is_empty() && host.bytes().all(allowed)
        }
    };
    (is_host && port.parse::<u16>().is_ok()).then_some(host)
}

/// Whether a host is this machine. Nobody else can change what comes from there.
fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_script_comes_over_https_or_from_this_machine() {
        for url in [
            "https://reqio.app/widget.js",
            "http://localhost:3001/widget.js",
            "http://127.0.0.1/widget.js",
            "http://[::1]:3001/widget.js",
            "http://[::1]/widget.js",
        ] {
            assert!(is_safe(url), "{url} was refused");
        }
    }

    #[test]
    fn a_script_that_anybody_on_the_way_could_change_is_refused() {
        for url in [
            "",
            "/widget.js",
            "//reqio.app/widget.js",
            "https://",
            "https:///widget.js",
            "https://reqio.app:99999/widget.js",
            "https://[::1/widget.js",
            "https://user@reqio.app/widget.js",
            "http://reqio.app/widget.js",
            "http://localhost.example.com/widget.js",
            "http://localhost@example.com/widget.js",
            "javascript:alert(1)",
            "https://reqio.app/wid get.js",
            "https://reqio.app/w\u{ef}dget.js",
        ] {
            assert!(!is_safe(url), "{url} was taken");
        }
    }
}
