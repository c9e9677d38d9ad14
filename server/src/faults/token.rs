//! Tokens as servers with a mistake mint them.

use std::time::{Duration, SystemTime};

use app::{ApiError, ErrorCode, Identity, explanation::Fault};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqio_identity::{Cents, Claims, Minter, SigningSecret, Subject, Token};

use crate::config::sandbox_secret;

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// The token that a server with this fault would mint instead of `good`.
pub(super) fn wrong(fault: Fault, good: Identity) -> Result<Identity, ApiError> {
    let Claims {
        sub: id,
        email,
        mut traits,
        mut aud,
        ..
    } = claims(&good.token).ok_or(ErrorCode::InternalError)?;
    let mut secret = sandbox_secret();
    let mut now = SystemTime::now();
    match fault {
        Fault::ExpiredToken => now -= TEN_MINUTES,
        Fault::WrongClock => now += TEN_MINUTES,
        Fault::WrongAudience => {
            aud = "another-project".parse().expect("it is a valid project id");
        }
        Fault::WrongSecret => {
            secret = SigningSecret::new("a-secret-of-some-other-project-altogether".to_owned())
                .expect("it is longer than 32 bytes");
        }
        Fault::DollarsForCents => {
            let dollars = |cents: Cents| Cents::try_from(cents.get() / 100).ok();
            traits.amount = traits.amount.and_then(dollars);
        }
        Fault::SlowMint | Fault::FailingMint | Fault::BlockedScript | Fault::SignedOutElsewhere => {
            return Ok(good);
        }
    }
    let subject = Subject { id, email, traits };
    Ok(Minter::new(&secret, aud).mint_at(&subject, now)?)
}

/// The claims in `token`, unverified: this server has just signed it.
fn claims(token: &Token) -> Option<Claims> {
    let payload = token.as_str().split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}
