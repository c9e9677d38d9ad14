//! Minted tokens, against vectors made elsewhere and over inputs nobody would think of.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use identity::{Audience, Cents, Claims, Interval, MintError, Minter, SigningSecret, Traits};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use proptest::prelude::*;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn minter(secret: &str, project: &str) -> Minter {
    let audience: Audience = project.parse().unwrap();
    Minter::new(&SigningSecret::new(secret.to_owned()).unwrap(), audience)
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Verifies as a receiver would, except for the clock.
fn verify(
    token: &str,
    secret: &str,
    audience: &str,
) -> Result<Claims, jsonwebtoken::errors::Error> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.set_audience(&[audience]);
    jsonwebtoken::decode(
        token,
        &DecodingKey::from_secret(secret.as_bytes()),
        &validation,
    )
    .map(|data| data.claims)
}

/// Made with Python's standard library alone: `hmac`, `hashlib`, `base64`.
#[test]
fn a_token_is_byte_for_byte_what_another_implementation_makes() {
    let bare = minter(SECRET, "acme")
        .mint("usr_1", None, Traits::default(), at(1_700_000_000))
        .unwrap();
    assert_eq!(
        bare.as_str(),
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMSIsImF1ZCI6Imh0dHBzOi8vcmVxaW8uYXBwL3AvYWNtZSIsImlhdCI6\
         MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAwMzAwfQ.-CaCjMk6Nf3r-WkTACGHTw3armrzYXHD6QBu_W-plBU"
    );
    let traits = Traits {
        plan: Some("scale".to_owned()),
        amount: Some(Cents::from(99_000)),
        interval: Some(Interval::Year),
    };
    let full = minter("päss-wörd-mit-ümläüten-und-32-bytes", "demo")
        .mint("usr_2", Some("zoë@example.com"), traits, at(1))
        .unwrap();
    assert_eq!(
        full.as_str(),
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMiIsImVtYWlsIjoiem_Dq0BleGFtcGxlLmNvbSIsInRyYWl0cyI6eyJw\
         bGFuIjoic2NhbGUiLCJhbW91bnQiOjk5MDAwLCJpbnRlcnZhbCI6InllYXIifSwiYXVkIjoiaHR0cHM6Ly9yZXFpby5hcHAvcC9kZW1vIiwi\
         aWF0IjoxLCJleHAiOjMwMX0.ddeE2QI_vCBNIuzRR9BOUO6Z8y2TsciO1TdEUIXBveY"
    );
}

#[test]
fn an_empty_subject_is_refused() {
    let refused = minter(SECRET, "acme").mint("", None, Traits::default(), at(0));
    assert!(matches!(refused, Err(MintError::EmptySubject)));
}

#[test]
fn a_clock_before_1970_is_refused() {
    let refused = minter(SECRET, "acme").mint(
        "usr_1",
        None,
        Traits::default(),
        UNIX_EPOCH - Duration::from_secs(1),
    );
    assert!(matches!(refused, Err(MintError::ClockBeforeEpoch)));
}

#[test]
fn a_token_for_one_project_is_refused_by_another() {
    let token = minter(SECRET, "acme")
        .mint("usr_1", None, Traits::default(), SystemTime::now())
        .unwrap();
    assert!(verify(token.as_str(), SECRET, "https://reqio.app/p/acme").is_ok());
    assert!(verify(token.as_str(), SECRET, "https://reqio.app/p/other").is_err());
}

#[test]
fn debug_output_shows_neither_token_nor_key() {
    let minter = minter(SECRET, "acme");
    let token = minter
        .mint("usr_1", None, Traits::default(), at(0))
        .unwrap();
    let shown = format!("{minter:?} {token:?}");
    assert!(!shown.contains(SECRET) && !shown.contains("eyJ") && !shown.contains("48, 49, 50"));
}

fn any_traits() -> impl Strategy<Value = Traits> {
    let amount = (0..=(1_u64 << 53) - 1).prop_map(|cents| Cents::try_from(cents).unwrap());
    let interval = prop_oneof![Just(Interval::Month), Just(Interval::Year)];
    (
        proptest::option::of(any::<String>()),
        proptest::option::of(amount),
        proptest::option::of(interval),
    )
        .prop_map(|(plan, amount, interval)| Traits {
            plan,
            amount,
            interval,
        })
}

proptest! {
    #[test]
    fn every_claim_survives_the_journey(
        subject in "\\PC{1,80}|[\\u{2028}\"\\\\\u{0}-\u{1f}]{1,20}",
        email in proptest::option::of(any::<String>()),
        traits in any_traits(),
        seconds in 0..=u64::from(u32::MAX),
    ) {
        let token = minter(SECRET, "acme").mint(&subject, email.as_deref(), traits.clone(), at(seconds)).unwrap();
        let claims = verify(token.as_str(), SECRET, "https://reqio.app/p/acme").unwrap();
        prop_assert_eq!(claims.exp, claims.iat + 300);
        prop_assert_eq!(claims.iat, seconds);
        prop_assert_eq!(claims.sub, subject);
        prop_assert_eq!(claims.email, email);
        prop_assert_eq!(claims.traits, traits);
    }

    #[test]
    fn another_secret_never_verifies(other in "[ -~]{32,64}") {
        prop_assume!(other != SECRET);
        let token = minter(SECRET, "acme").mint("usr_1", None, Traits::default(), at(0)).unwrap();
        prop_assert!(verify(token.as_str(), &other, "https://reqio.app/p/acme").is_err());
    }
}
