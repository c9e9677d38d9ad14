//! What can go wrong with an identity, as a switch to flip.

use axum::http::HeaderMap;
use cookie::{Cookie, SameSite, time::Duration};

use crate::backend::cookies;

/// The cookie that says which fault a browser has switched on. Scripts may read it, so that the
/// page can say so too.
const COOKIE_NAME: &str = "demo-fault";

/// One thing that goes wrong in integrations like this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The token is past its `exp` when it arrives.
    ExpiredToken,
    /// The token names another project.
    WrongAudience,
    /// The token is signed with another secret.
    WrongSecret,
    /// The token says 29 for 29.00.
    DollarsForCents,
    /// The server's clock is ten minutes ahead.
    WrongClock,
    /// The server takes its time.
    SlowMint,
    /// The server cannot mint.
    FailingMint,
    /// The widget's script does not load.
    BlockedScript,
    /// The session ends behind the tab's back. It happens once; there is nothing to switch off.
    SignedOutElsewhere,
}

impl Fault {
    /// Every fault, in the order in which the page offers them.
    pub const ALL: [Self; 9] = [
        Self::ExpiredToken,
        Self::WrongAudience,
        Self::WrongSecret,
        Self::DollarsForCents,
        Self::WrongClock,
        Self::SlowMint,
        Self::FailingMint,
        Self::BlockedScript,
        Self::SignedOutElsewhere,
    ];

    /// The fault that the browser behind a request has switched on.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        Self::named(cookies::values(headers, COOKIE_NAME).next()?)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }

    /// The `Set-Cookie` that switches a fault on for as long as the browser runs, or all of them
    /// off.
    pub(super) fn cookie(switched_on: Option<Self>, secure: bool) -> String {
        let mut cookie = Cookie::new(COOKIE_NAME, switched_on.map_or("", Self::name));
        cookie.set_path("/");
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(secure);
        if switched_on.is_none() {
            cookie.set_max_age(Duration::ZERO);
        }
        cookie.to_string()
    }

    /// The name as the page and the cookie write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExpiredToken => "expired_token",
            Self::WrongAudience => "wrong_audience",
            Self::WrongSecret => "wrong_secret",
            Self::DollarsForCents => "dollars_for_cents",
            Self::WrongClock => "wrong_clock",
            Self::SlowMint => "slow_mint",
            Self::FailingMint => "failing_mint",
            Self::BlockedScript => "blocked_script",
            Self::SignedOutElsewhere => "signed_out_elsewhere",
        }
    }
}
