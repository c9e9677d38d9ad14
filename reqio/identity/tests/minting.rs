//! Minted tokens, against vectors made elsewhere and over inputs nobody would think of.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use proptest::prelude::*;
use reqio_identity::{
    Audience, Cents, Claims, Interval, MintError, Minter, SigningSecret, Subject, Traits,
};

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
        .mint_at(&Subject::new("usr_1"), at(1_700_000_000))
        .unwrap();
    assert_eq!(
        bare.token.as_str(),
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMSIsImF1ZCI6Imh0dHBzOi8vcmVxaW8uYXB\
         wL3AvYWNtZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAwMzAwfQ.-CaCjMk6Nf3r-WkTACGHTw3armrz\
         YXHD6QBu_W-plBU"
    );
    let subject = Subject::new("usr_2")
        .email("zoë@example.com")
        .plan("scale")
        .amount(Cents::from(99_000))
        .interval(Interval::Year);
    let full = minter("päss-wörd-mit-ümläüten-und-32-bytes", "demo")
        .mint_at(&subject, at(1))
        .unwrap();
    assert_eq!(
        full.token.as_str(),
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMiIsImVtYWlsIjoiem_Dq0BleGFtcGxlLmN\
         vbSIsInRyYWl0cyI6eyJwbGFuIjoic2NhbGUiLCJhbW91bnQiOjk5MDAwLCJpbnRlcnZhbCI6InllYXIifSwiYXV\
         kIjoiaHR0cHM6Ly9yZXFpby5hcHAvcC9kZW1vIiwiaWF0IjoxLCJleHAiOjMwMX0.ddeE2QI_vCBNIuzRR9BOUO6\
         Z8y2TsciO1TdEUIXBveY"
    );
}

#[test]
fn an_empty_subject_is_refused() {
    let refused = minter(SECRET, "acme").mint_at(&Subject::new(""), at(0));
    assert!(matches!(refused, Err(MintError::EmptySubject)));
}

#[test]
fn a_clock_before_1970_is_refused() {
    let before = UNIX_EPOCH - Duration::from_secs(1);
    let refused = minter(SECRET, "acme").mint_at(&Subject::new("usr_1"), before);
    assert!(matches!(refused, Err(MintError::ClockBeforeEpoch)));
}

#[test]
fn a_token_for_one_project_is_refused_by_another() {
    let token = minter(SECRET, "acme")
        .mint(&Subject::new("usr_1"))
        .unwrap()
        .token;
    assert!(verify(token.as_str(), SECRET, "https://reqio.app/p/acme").is_ok());
    assert!(verify(token.as_str(), SECRET, "https://reqio.app/p/other").is_err());
}

#[test]
fn a_token_minted_without_a_time_is_good_from_now_on() {
    let identity = minter(SECRET, "acme").mint(&Subject::new("usr_1")).unwrap();
    let claims = verify(identity.token.as_str(), SECRET, "https://reqio.app/p/acme").unwrap();
    let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
    assert!(now.abs_diff(claims.iat) < 60, "{} is not now", claims.iat);
    assert_eq!(identity.expires_in, claims.exp - claims.iat);
}

#[test]
fn debug_output_shows_neither_token_nor_key() {
    let minter = minter(SECRET, "acme");
    let identity = minter.mint_at(&Subject::new("usr_1"), at(0)).unwrap();
    let shown = format!("{minter:?} {identity:?}");
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
        id in "\\PC{1,80}|[\\u{2028}\"\\\\\u{0}-\u{1f}]{1,20}",
        email in proptest::option::of(any::<String>()),
        traits in any_traits(),
        seconds in 0..=u64::from(u32::MAX),
    ) {
        let subject = Subject { id, email, traits };
        let identity = minter(SECRET, "acme").mint_at(&subject, at(seconds)).unwrap();
        prop_assert_eq!(identity.expires_in, 300);
        let claims = verify(identity.token.as_str(), SECRET, "https://reqio.app/p/acme").unwrap();
        prop_assert_eq!(claims.exp, claims.iat + 300);
        prop_assert_eq!(claims.iat, seconds);
        prop_assert_eq!(claims.sub, subject.id);
        prop_assert_eq!(claims.email, subject.email);
        prop_assert_eq!(claims.traits, subject.traits);
    }

    #[test]
    fn another_secret_never_verifies(other in "[ -~]{32,64}") {
        prop_assume!(other != SECRET);
        let identity = minter(SECRET, "acme").mint_at(&Subject::new("usr_1"), at(0)).unwrap();
        prop_assert!(verify(identity.token.as_str(), &other, "https://reqio.app/p/acme").is_err());
    }
}
