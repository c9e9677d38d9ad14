//! Claims that Reqio does not document: the code that each gets, and the fix that is named.

use sandbox::{Cents, Interval};
use serde_json::{Value, json};

use crate::bench::{AUDIENCE, NOW, SECRET, claims, mint, sign};
use crate::judge::{HEADER, assert_refused, judge, verifier, with, with_times};

#[test]
fn a_token_made_after_the_guides_is_accepted() {
    let claims = judge(&mint(&claims())).outcome.unwrap();
    assert_eq!(claims.subject, "usr_scale");
    assert_eq!(claims.traits.amount, Some(Cents(99_000)));
    assert_eq!(claims.traits.interval, Some(Interval::Year));
    assert_eq!((claims.issued_at, claims.expires_at), (NOW, NOW + 300));
}

#[test]
fn an_audience_in_an_array_as_go_writes_it_is_accepted() {
    assert!(judge(&with("aud", json!([AUDIENCE]))).outcome.is_ok());
    assert!(
        judge(&with("aud", json!(["https://elsewhere.test", AUDIENCE])))
            .outcome
            .is_ok()
    );
}

#[test]
fn a_free_customer_and_traits_in_part_are_accepted() {
    for traits in [
        json!({ "plan": "free", "amount": 0, "interval": "month" }),
        json!({ "plan": "pro" }),
        json!({ "interval": "year" }),
        json!({}),
    ] {
        assert!(
            judge(&with("traits", traits.clone())).outcome.is_ok(),
            "{traits}"
        );
    }
}

#[test]
fn a_token_counts_until_the_second_before_exp() {
    assert!(
        verifier(SECRET)
            .judge(&mint(&claims()), NOW + 299)
            .outcome
            .is_ok()
    );
    let refusal = verifier(SECRET)
        .judge(&mint(&claims()), NOW + 300)
        .outcome
        .unwrap_err();
    assert_eq!(refusal.code.as_str(), "expired");
}

#[test]
fn times_that_are_wrong_are_named_for_what_they_are() {
    assert_refused(
        &with("exp", json!((NOW + 300).to_string())),
        "malformed",
        "exp is a string",
    );
    assert_refused(
        &with("iat", json!(NOW.to_string())),
        "malformed",
        "iat is a string",
    );
    assert_refused(
        &with("exp", json!(300)),
        "expired",
        "exp is 300, a lifetime",
    );
    assert_refused(
        &with("exp", json!(1_790_000_300.5)),
        "malformed",
        "whole seconds",
    );
    assert_refused(&with("exp", None), "lifetime", "no exp");
    assert_refused(&with("iat", None), "lifetime", "no iat");
    assert_refused(&with("nbf", json!("soon")), "malformed", "nbf is a string");
    assert_refused(
        &with("nbf", json!(NOW + 60)),
        "not_yet_valid",
        "nbf lies 60 s in the future",
    );
    assert_refused(
        &with_times(NOW, NOW + 3_600),
        "lifetime",
        "lifetime is 3600 s; Reqio's tokens live 300",
    );
    assert_refused(&with_times(NOW, NOW + 301), "lifetime", "lifetime is 301 s");
    assert_refused(
        &with_times(NOW + 5, NOW + 5),
        "lifetime",
        "exp is not after iat",
    );
    assert_refused(
        &with_times(NOW * 1_000, (NOW + 300) * 1_000),
        "lifetime",
        "milliseconds",
    );
    assert_refused(
        &with_times(NOW - 400, NOW - 100),
        "expired",
        "expired 100 s ago",
    );
    assert_refused(&with_times(i64::MIN, i64::MAX), "lifetime", "milliseconds");
}

#[test]
fn a_clock_that_is_ahead_is_forgiven_for_5_seconds() {
    assert!(judge(&with_times(NOW + 5, NOW + 305)).outcome.is_ok());
    assert_refused(
        &with_times(NOW + 6, NOW + 306),
        "not_yet_valid",
        "iat lies 6 s in the future",
    );
}

#[test]
fn an_audience_that_is_not_the_projects_is_refused() {
    assert_refused(
        &with("aud", json!("demo")),
        "audience",
        "aud is the project id; it must be the whole URL",
    );
    assert_refused(
        &with("aud", json!("https://reqio.app/p/demo/")),
        "audience",
        "without it",
    );
    assert_refused(
        &with("aud", json!("https://reqio.app/p/other")),
        "audience",
        "exactly",
    );
    assert_refused(
        &with("aud", json!("HTTPS://REQIO.APP/p/demo")),
        "audience",
        AUDIENCE,
    );
    assert_refused(&with("aud", json!([])), "audience", AUDIENCE);
    assert_refused(&with("aud", json!([AUDIENCE, 1])), "audience", AUDIENCE);
    assert_refused(&with("aud", None), "audience", "no aud");
}

#[test]
fn a_subject_that_is_no_text_is_refused() {
    assert_refused(
        &with("sub", json!(42)),
        "subject",
        "send it as a string: \"42\"",
    );
    assert_refused(&with("sub", json!("")), "subject", "empty");
    assert_refused(&with("sub", Value::Null), "subject", "null");
    assert_refused(&with("sub", None), "subject", "no sub");
}

#[test]
fn traits_that_reqio_does_not_document_are_refused() {
    let traits = |amount: Value| json!({ "plan": "pro", "amount": amount, "interval": "month" });
    for (traits, fix) in [
        (
            traits(json!(29)),
            "amount is 29, which Reqio reads as 29 cents; send 2900",
        ),
        (traits(json!(29.99)), "so 2900 for 29.00"),
        (traits(json!("2900")), "amount is a string"),
        (traits(json!(-2900)), "zero or more"),
        (traits(json!(null)), "leave it out"),
        (traits(json!(u64::MAX)), "as a number"),
        (json!({ "amount": 2900 }), "interval is missing"),
        (
            json!({ "amount": 2900, "interval": "monthly" }),
            "send \"month\" or \"year\"",
        ),
        (json!({ "plan": 3 }), "plan is 3"),
        (json!({ "plan": null }), "leave it out"),
        (json!([]), "send an object"),
        (json!(null), "leave it out"),
    ] {
        assert_refused(&with("traits", traits), "traits", fix);
    }
}

#[test]
fn an_email_that_is_no_text_is_malformed() {
    assert_refused(&with("email", json!(false)), "malformed", "email is false");
    assert_refused(
        &with("email", Value::Null),
        "malformed",
        "leave the claim out",
    );
}

#[test]
fn each_claim_has_a_longest_and_a_largest_that_is_still_taken() {
    let amount = |cents: i64| json!({ "amount": cents, "interval": "month" });
    let text = |length| json!("é".repeat(length));
    let plan = |length| json!({ "plan": text(length) });
    for (name, taken, refused, code, fix) in [
        (
            "sub",
            text(255),
            text(256),
            "subject",
            "sub is longer than the 255",
        ),
        (
            "email",
            text(254),
            text(255),
            "malformed",
            "email is longer than 254",
        ),
        (
            "traits",
            plan(100),
            plan(101),
            "traits",
            "plan is longer than 100",
        ),
        ("traits", amount(100), amount(99), "traits", "send 9900"),
        ("traits", amount(0), amount(1), "traits", "send 100"),
        (
            "traits",
            amount(100_000_000_000),
            amount(100_000_000_001),
            "traits",
            "up to 100000000000",
        ),
    ] {
        assert!(judge(&with(name, taken.clone())).outcome.is_ok(), "{taken}");
        assert_refused(&with(name, refused), code, fix);
    }
}

#[test]
fn a_refused_token_shows_what_it_said() {
    let judgement = judge(&sign(HEADER, &claims().to_string(), b"x"));
    assert_eq!(judgement.header.unwrap()["alg"], "HS256");
    assert_eq!(judgement.claims.unwrap()["sub"], "usr_scale");
}

proptest::proptest! {
    #[test]
    fn whatever_a_good_token_says_is_read_back(
        subject in r"\S.{0,100}",
        amount in 100_i64..100_000_000_000,
    ) {
        let mut claims = claims();
        claims["sub"] = subject.clone().into();
        claims["traits"]["amount"] = amount.into();
        let read = judge(&mint(&claims)).outcome.unwrap();
        proptest::prop_assert_eq!(read.subject, subject);
        proptest::prop_assert_eq!(read.traits.amount, Some(Cents(amount)));
    }
}

/// JavaScript writes 1234567890123456789 as 1234567890123456800, and others write 1e3 or 42.0.
#[test]
fn a_number_that_may_be_rounded_already_is_not_advised_as_the_id() {
    for number in [
        "1234567890123456800",
        "9007199254740992",
        "-9007199254740992",
        "18446744073709551615",
        "1e21",
        "1e3",
        "42.0",
    ] {
        let payload = claims().to_string().replace("\"usr_scale\"", number);
        let token = sign(HEADER, &payload, SECRET.as_bytes());
        assert_refused(&token, "subject", "may be rounded already");
        assert_refused(&token, "subject", "make it a string where it is an integer");
        let message = judge(&token).outcome.unwrap_err().message;
        assert!(!message.contains('"'), "a user's id is advised: {message}");
    }
    assert_refused(
        &with("sub", json!(9_007_199_254_740_991_i64)),
        "subject",
        "send it as a string: \"9007199254740991\"",
    );
}

/// Python's `datetime.utcnow().timestamp()` is off by the server's distance from Greenwich.
#[test]
fn a_difference_of_a_time_zone_is_named_as_one() {
    let zone = "a time zone is the likely cause";
    let said = |seconds: i64| {
        let token = with_times(NOW + seconds, NOW + seconds + 300);
        judge(&token).outcome.unwrap_err()
    };
    for seconds in [
        3_600,
        3_598,
        14_400,
        18_000 + 90,
        19_800 - 90,
        20_700,
        50_400,
    ] {
        let (ahead, behind) = (said(seconds), said(-seconds));
        assert_eq!(ahead.code.as_str(), "not_yet_valid", "{seconds}");
        assert_eq!(behind.code.as_str(), "expired", "{seconds}");
        for refusal in [ahead, behind] {
            assert!(refusal.message.contains(zone), "{seconds}: {refusal}");
        }
    }
    for seconds in [900, 2_700, 3_600 + 91, 4_500 - 91, 10_000, 700_000] {
        for refusal in [said(seconds), said(-seconds)] {
            assert!(!refusal.message.contains(zone), "{seconds}: {refusal}");
        }
    }
    assert_refused(&with("nbf", json!(NOW + 14_400)), "not_yet_valid", zone);
    assert_refused(&with_times(NOW - 14_400, NOW + 300), "lifetime", zone);
    assert_refused(&with_times(NOW + 14_400, NOW + 300), "lifetime", zone);
}

#[test]
fn only_what_is_read_of_a_token_has_to_be_readable() {
    let half = r#"\ud83d"#;
    let with_text = |text: &str| {
        let payload = claims().to_string().replacen('{', &format!("{{{text},"), 1);
        sign(HEADER, &payload, SECRET.as_bytes())
    };
    for unread in [
        format!(r#""note":"cut off {half}""#),
        format!(r#""note":["{half}",{{"x":"\ude00"}}]"#),
        format!(r#""note":"{half}\ud83d\ude00 \\ud83d""#),
    ] {
        let read = judge(&with_text(&unread)).outcome;
        assert!(read.is_ok(), "{unread}: {}", read.unwrap_err());
    }
    let header = format!(r#"{{"alg":"HS256","kid":"{half}"}}"#);
    let token = sign(&header, &claims().to_string(), SECRET.as_bytes());
    assert!(judge(&token).outcome.is_ok());
    for (name, whole) in [
        ("sub", "usr_scale"),
        ("email", "scale@acme.test"),
        ("aud", AUDIENCE),
        ("plan", "\"plan\":\"scale"),
        ("interval", "year"),
    ] {
        let payload = claims()
            .to_string()
            .replace(whole, &format!("{whole}{half}"));
        let token = sign(HEADER, &payload, SECRET.as_bytes());
        assert_refused(&token, "malformed", "half a character");
        assert_refused(&token, "malformed", name);
    }
    let whole = r"usr_\ud83d\ude00_\\ud83d";
    let payload = claims().to_string().replace("usr_scale", whole);
    let token = sign(HEADER, &payload, SECRET.as_bytes());
    let read = judge(&token).outcome.unwrap();
    assert_eq!(read.subject, "usr_\u{1F600}_\\ud83d");
}
