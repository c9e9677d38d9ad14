//! Faults on purpose: tokens as they go wrong elsewhere. Only where the sandbox plays Reqio's part.

use std::time::{Duration, SystemTime};

use cookie::{Cookie, SameSite};
use identity::{Audience, Cents, MintError, Minter, SigningSecret, Token, Traits};

use super::{Backend, Fault, fault::COOKIE_NAME};
use crate::{ApiError, ErrorCode, Reqio};

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// What mints the wrong tokens.
#[derive(Debug)]
pub struct Faults {
    right: Minter,
    other_audience: Minter,
    other_secret: Minter,
}

impl Faults {
    /// Faults around the tokens of `audience`, signed with the sandbox's `secret`.
    #[must_use]
    pub fn new(secret: &SigningSecret, audience: Audience) -> Self {
        let other_project: Audience = "another-project".parse().expect("it is a valid project id");
        let other = SigningSecret::new("a-secret-of-some-other-project-altogether".to_owned());
        Self {
            right: Minter::new(secret, audience.clone()),
            other_audience: Minter::new(secret, other_project),
            other_secret: Minter::new(&other.expect("it is longer than 32 bytes"), audience),
        }
    }

    fn mint(
        &self,
        fault: Fault,
        user: &accounts::User,
        mut traits: Traits,
    ) -> Result<Token, MintError> {
        let mut now = SystemTime::now();
        let mut minter = &self.right;
        match fault {
            Fault::ExpiredToken => now -= TEN_MINUTES,
            Fault::WrongClock => now += TEN_MINUTES,
            Fault::WrongAudience => minter = &self.other_audience,
            Fault::WrongSecret => minter = &self.other_secret,
            Fault::DollarsForCents => {
                traits.amount = traits
                    .amount
                    .and_then(|amount| Cents::try_from(amount.get() / 100).ok());
            }
            Fault::SlowMint
            | Fault::FailingMint
            | Fault::BlockedScript
            | Fault::SignedOutElsewhere => {}
        }
        minter.mint(user.id.as_str(), Some(&user.email), traits, now)
    }
}

impl Backend {
    /// A token with the fault of the request being answered, if there is one.
    pub(super) fn faulty_token(
        &self,
        user: &accounts::User,
        traits: &Traits,
    ) -> Option<Result<Token, MintError>> {
        Some(
            self.faults
                .as_ref()?
                .mint(self.fault()?, user, traits.clone()),
        )
    }

    /// Where the page of the request being answered is told Reqio is.
    pub(crate) fn reqio_of_visitor(&self) -> Reqio {
        let mut reqio = self.reqio.clone();
        if self.fault() == Some(Fault::BlockedScript) {
            reqio.widget_url = reqio.widget_url.replace("/widget.js", "/blocked.js");
        }
        reqio
    }

    pub(crate) async fn switch_fault(&self, name: &str) -> Result<(), ApiError> {
        if self.faults.is_none() {
            return Err(ErrorCode::NotFound.into());
        }
        let fault = Fault::named(name);
        if fault.is_none() && !name.is_empty() {
            return Err(ErrorCode::InvalidInput.into());
        }
        if fault == Some(Fault::SignedOutElsewhere) {
            return self.end_session().await;
        }
        let cookie = Cookie::build((COOKIE_NAME, name.to_owned())).path("/");
        let cookie = cookie
            .same_site(SameSite::Lax)
            .secure(self.session_cookie.is_secure());
        let cookie = if fault.is_none() {
            cookie.max_age(cookie::time::Duration::ZERO)
        } else {
            cookie
        };
        super::visits::set_cookie(&cookie.build().to_string())
    }

    /// The fault of the request being answered.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.faults.as_ref()?;
        Fault::of(&super::visits::request().ok()?.headers)
    }
}
