//! The app's cookies: the session's, and the device's.

use accounts::{ABSOLUTE_LIMIT, DeviceToken, SessionToken};
use axum::http::{HeaderMap, header::COOKIE};
use cookie::{Cookie, SameSite, time::Duration};

/// As long as browsers keep a cookie (RFC 6265bis section 5.5).
const DEVICE_MAX_AGE: Duration = Duration::days(400);

/// How the cookies are named and guarded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cookies {
    /// Whether they travel over https alone.
    pub(crate) secure: bool,
}

impl Cookies {
    pub(super) const fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// The session token that a request brought.
    pub(super) fn session(self, headers: &HeaderMap) -> Option<SessionToken> {
        values(headers, self.session_name()).find_map(SessionToken::from_cookie)
    }

    /// The device token that a request brought.
    pub(super) fn device(self, headers: &HeaderMap) -> Option<DeviceToken> {
        values(headers, self.device_name()).find_map(DeviceToken::from_cookie)
    }

    /// The `Set-Cookie` that starts a session.
    pub(super) fn set_session(self, token: &SessionToken) -> String {
        let lifetime = Duration::try_from(ABSOLUTE_LIMIT).unwrap_or(Duration::ZERO);
        self.build(self.session_name(), token.expose(), lifetime)
    }

    /// The `Set-Cookie` that ends one. It repeats every attribute: browsers ignore a removal that
    /// lacks one.
    pub(crate) fn remove_session(self) -> String {
        self.build(self.session_name(), "", Duration::ZERO)
    }

    /// The `Set-Cookie` by which a browser is known at its next sign-in.
    pub(super) fn set_device(self, token: &DeviceToken) -> String {
        self.build(self.device_name(), token.expose(), DEVICE_MAX_AGE)
    }

    /// Over https a name starts with `__Host-`, which browsers accept only from this very host (RFC
    /// 6265bis section 4.1.3.2).
    const fn session_name(self) -> &'static str {
        if self.secure {
            "__Host-session"
        } else {
            "session"
        }
    }

    const fn device_name(self) -> &'static str {
        if self.secure {
            "__Host-device"
        } else {
            "device"
        }
    }

    fn build(self, name: &str, value: &str, max_age: Duration) -> String {
        Cookie::build((name, value))
            .path("/")
            .http_only(true)
            // Not Strict: a visitor who follows a link to the product is to arrive signed in.
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .max_age(max_age)
            .build()
            .to_string()
    }
}

/// Every value of the cookie with this name, in the order they came. Other programs' cookies may
/// hold any bytes, so the header is not read as text (RFC 6265 section 4.2.1).
pub(crate) fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let pairs = headers.get_all(COOKIE).into_iter();
    pairs
        .flat_map(|header| header.as_bytes().split(|byte| *byte == b';'))
        .filter_map(move |pair| {
            let pair = pair.trim_ascii();
            let value = pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")?;
            str::from_utf8(value).ok()
        })
}

#[cfg(test)]
mod tests {
    use accounts::SessionToken;
    use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

    use super::Cookies;

    fn read(secure: bool, header: &str) -> Option<String> {
        let header = HeaderValue::from_bytes(header.as_bytes()).unwrap();
        let headers = HeaderMap::from_iter([(COOKIE, header)]);
        let token = Cookies::new(secure).session(&headers);
        token.map(|token| token.expose().to_owned())
    }

    #[test]
    fn the_cookie_lives_as_long_as_its_session_can() {
        let token = SessionToken::from_cookie(&"0123456789abcdef".repeat(4)).unwrap();
        assert_eq!(
            Cookies::new(true).set_session(&token),
            format!(
                "__Host-session={}; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=604800",
                token.expose()
            )
        );
    }

    #[test]
    fn the_removal_has_every_attribute_of_the_cookie_it_removes() {
        assert_eq!(
            Cookies::new(true).remove_session(),
            "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"
        );
        assert_eq!(
            Cookies::new(false).remove_session(),
            "session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
        );
    }

    #[test]
    fn our_cookie_is_found_whatever_bytes_another_one_has() {
        let token = "0123456789abcdef".repeat(4);
        for header in [
            format!("a=b; session={token}; c"),
            format!("consent=größe; session={token}"),
            format!("session={token}; consent=größe"),
            format!("a=\u{2028};;=; session={token}"),
            format!("session=größe; session={token}"),
        ] {
            assert_eq!(read(false, &header), Some(token.clone()), "{header}");
        }
        for header in [
            format!("session2={token}"),
            format!("a=session={token}"),
            "session=short".to_owned(),
            ";;=".to_owned(),
        ] {
            assert_eq!(read(false, &header), None, "{header}");
        }
        assert_eq!(read(true, &format!("session={token}")), None);
    }
}
