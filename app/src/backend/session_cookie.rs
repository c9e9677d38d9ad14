//! The cookie that carries the session.

use accounts::{ABSOLUTE_LIMIT, SessionToken};
use axum::http::HeaderMap;
use cookie::{Cookie, SameSite, time::Duration};

use super::cookies;

/// How the session's cookie is called and guarded.
#[derive(Clone, Copy, Debug)]
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    /// `secure`: whether the product is served over https. The cookie then never travels without
    /// it, and its name starts with `__Host-`, which browsers accept only from this very host (RFC
    /// 6265bis section 4.1.3.2).
    #[must_use]
    pub const fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// The cookie's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        if self.secure {
            "__Host-session"
        } else {
            "session"
        }
    }

    pub(super) const fn is_secure(self) -> bool {
        self.secure
    }

    /// The session token that a request brought.
    #[must_use]
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        cookies::values(headers, self.name()).find_map(|value| SessionToken::from_cookie(&value))
    }

    /// The `Set-Cookie` that starts a session.
    #[must_use]
    pub fn set(self, token: &SessionToken) -> String {
        let lifetime = Duration::try_from(ABSOLUTE_LIMIT).unwrap_or(Duration::ZERO);
        self.build(token.expose(), lifetime)
    }

    /// The `Set-Cookie` that ends one. It repeats every attribute: browsers ignore a removal that
    /// lacks one.
    #[must_use]
    pub fn remove(self) -> String {
        self.build("", Duration::ZERO)
    }

    fn build(self, value: &str, max_age: Duration) -> String {
        Cookie::build((self.name(), value))
            .path("/")
            .http_only(true)
            // Lax and not Strict: a visitor who follows a link to the product is to arrive signed
            // in.
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .max_age(max_age)
            .build()
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use accounts::SessionToken;
    use axum::http::{HeaderMap, header::COOKIE};

    use super::SessionCookie;

    fn read(cookie: SessionCookie, header: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(COOKIE, header.parse().unwrap())]);
        cookie.read(&headers).map(|token| token.expose().to_owned())
    }

    #[test]
    fn the_cookie_lives_as_long_as_its_session_can() {
        let token = SessionToken::from_cookie(&"0123456789abcdef".repeat(4)).unwrap();
        assert_eq!(
            SessionCookie::new(true).set(&token),
            format!(
                "__Host-session={}; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=604800",
                token.expose()
            )
        );
    }

    #[test]
    fn the_removal_has_every_attribute_of_the_cookie_it_removes() {
        assert_eq!(
            SessionCookie::new(true).remove(),
            "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"
        );
        assert_eq!(
            SessionCookie::new(false).remove(),
            "session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
        );
    }

    #[test]
    fn only_the_right_cookie_is_read() {
        let token = "0123456789abcdef".repeat(4);
        let plain = SessionCookie::new(false);
        assert_eq!(
            read(plain, &format!("a=b; session={token}; c")),
            Some(token.clone())
        );
        for header in [
            format!("session2={token}"),
            format!("a=session={token}"),
            "session=short".to_owned(),
            ";;=".to_owned(),
        ] {
            assert_eq!(read(plain, &header), None, "{header}");
        }
        assert_eq!(
            read(SessionCookie::new(true), &format!("session={token}")),
            None
        );
    }
}
