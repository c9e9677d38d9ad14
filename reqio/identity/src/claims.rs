//! The payload of an identity token.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Audience, Subject, Traits};

/// How long a token is good for: 300 seconds. Reqio's documentation fixes it, and a short life is
/// what makes a leaked token worth little, so it is not configurable.
pub const LIFETIME: Duration = Duration::from_secs(300);

/// The claims Reqio documents, and no others. `iat` and `exp` are whole seconds since 1970 (RFC
/// 7519 section 2, NumericDate).
///
/// ```
/// use reqio_identity::{Claims, Subject};
///
/// let claims = Claims::new(&Subject::new("usr_1"), "acme".parse().unwrap(), 1_700_000_000);
/// assert_eq!(claims.exp, 1_700_000_300);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The user's id in your own system, always a string.
    pub sub: String,
    /// Where Reqio writes to when a request changes status; left out if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The revenue the user stands for; left out if nothing is known.
    #[serde(default, skip_serializing_if = "Traits::is_empty")]
    pub traits: Traits,
    /// The one project the token is for.
    pub aud: Audience,
    /// When the token was minted, in seconds since 1970.
    pub iat: u64,
    /// The first second in which the token is no longer good (RFC 7519 section 4.1.4): `iat` + 300.
    pub exp: u64,
}

impl Claims {
    /// The claims of a token minted at `issued_at` (seconds since 1970). `exp` follows from it.
    #[must_use]
    pub fn new(subject: &Subject, audience: Audience, issued_at: u64) -> Self {
        let Subject { id, email, traits } = subject.clone();
        Self {
            sub: id,
            email,
            traits,
            aud: audience,
            iat: issued_at,
            exp: issued_at.saturating_add(LIFETIME.as_secs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Claims;
    use crate::{Audience, Cents, Interval, Subject};

    fn audience() -> Audience {
        "acme".parse().unwrap()
    }

    #[test]
    fn what_is_unknown_is_left_out_and_never_null() {
        let claims = Claims::new(&Subject::new("usr_1"), audience(), 1_700_000_000);
        assert_eq!(
            serde_json::to_string(&claims).unwrap(),
            r#"{"sub":"usr_1","aud":"https://reqio.app/p/acme","iat":1700000000,"exp":1700000300}"#
        );
    }

    #[test]
    fn a_plan_alone_is_sent_alone() {
        let claims = Claims::new(&Subject::new("usr_1").plan("pro"), audience(), 0);
        let claims = serde_json::to_value(&claims).unwrap();
        assert_eq!(claims["traits"], serde_json::json!({ "plan": "pro" }));
    }

    #[test]
    fn everything_known_is_sent_as_documented() {
        let subject = Subject::new("usr_1")
            .email("ada@example.com")
            .plan("scale")
            .amount(Cents::from(99_000))
            .interval(Interval::Year);
        assert_eq!(
            serde_json::to_value(Claims::new(&subject, audience(), 10)).unwrap(),
            serde_json::json!({
                "sub": "usr_1", "email": "ada@example.com",
                "traits": { "plan": "scale", "amount": 99_000, "interval": "year" },
                "aud": "https://reqio.app/p/acme", "iat": 10, "exp": 310
            })
        );
    }
}
