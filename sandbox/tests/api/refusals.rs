//! Each way in which a token can be wrong, with the code it gets and the fix that is named.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sandbox::token::{Judgement, Verifier};
use sandbox::{Cents, Config, Interval};
use serde_json::{Value, json};

use crate::bench::{AUDIENCE, NOW, SECRET, claims, mint, sign};

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

fn verifier(secret: &str) -> Verifier {
    let Config { project, secret, audience, .. } = Config::new("demo", secret).unwrap();
    Verifier { project, secret, audience }
}

fn judge(token: &str) -> Judgement {
    verifier(SECRET).judge(token, NOW)
}

#[track_caller]
fn assert_refused(token: &str, code: &str, fix: &str) {
    let refusal = judge(token).outcome.expect_err("a token that should be refused was accepted");
    assert_eq!(refusal.code.as_str(), code, "{refusal}");
    assert!(refusal.message.contains(fix), "{:?} does not say {fix:?}", refusal.message);
}

/// The usual claims with one of them replaced, or taken out.
fn with(name: &str, value: impl Into<Option<Value>>) -> String {
    let mut claims = claims();
    match value.into() {
        Some(value) => claims[name] = value,
        None => drop(claims.as_object_mut().unwrap().remove(name)),
    }
    mint(&claims)
}

fn with_times(issued_at: i64, expires_at: i64) -> String {
    let mut claims = claims();
    claims["iat"] = issued_at.into();
    claims["exp"] = expires_at.into();
    mint(&claims)
}

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
    assert!(judge(&with("aud", json!(["https://elsewhere.test", AUDIENCE]))).outcome.is_ok());
}

#[test]
fn a_free_customer_and_traits_in_part_are_accepted() {
    for traits in [
        json!({ "plan": "free", "amount": 0, "interval": "month" }),
        json!({ "plan": "pro" }),
        json!({ "interval": "year" }),
        json!({}),
    ] {
        assert!(judge(&with("traits", traits.clone())).outcome.is_ok(), "{traits}");
    }
}

#[test]
fn what_is_no_token_is_malformed() {
    for (token, fix) in [
        ("", "the token is empty"),
        ("undefined", "the word"),
        ("[object Promise]", "await it"),
        ("a.b", "2 part(s)"),
        ("a.b.c.d.e", "JWS"),
        ("a.b.c", "not base64url"),
        ("e30.e30.", "no alg"),
    ] {
        let refusal = judge(token).outcome.unwrap_err();
        assert!(refusal.message.contains(fix), "{token:?}: {refusal}");
    }
    assert_refused(&"x".repeat(8_193), "malformed", "8193 bytes");
}

#[test]
fn a_second_spelling_of_the_same_bytes_is_malformed() {
    let token = mint(&claims());
    assert_refused(&format!("{token}="), "malformed", "leave the padding off");
    assert_refused(&token.replacen('.', "\n.", 1), "malformed", "a line end");
    // 32 bytes end in a character of which only four bits count: its neighbour in the alphabet decodes to the same.
    let (body, last) = token.split_at(token.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let neighbour = &alphabet[alphabet.find(last).unwrap() + 1..][..1];
    assert_refused(&format!("{body}{neighbour}"), "malformed", "changed or cut");
}

#[test]
fn a_claim_that_is_there_twice_is_malformed() {
    let payload = claims().to_string().replacen('{', r#"{"sub":"usr_admin","#, 1);
    assert_refused(&sign(HEADER, &payload, SECRET.as_bytes()), "malformed", "appears twice");
}

#[test]
fn only_hs256_spelled_exactly_so_is_an_algorithm() {
    for header in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"None"}"#,
        r#"{"alg":"hs256"}"#,
        r#"{"alg":"HS384"}"#,
        r#"{"alg":"RS256"}"#,
        r#"{"alg":["HS256"]}"#,
        r#"{"typ":"JWT"}"#,
        r#"{"alg":"HS256","crit":["exp"]}"#,
    ] {
        assert_refused(&sign(header, &claims().to_string(), SECRET.as_bytes()), "algorithm", "HS256");
    }
    let unsigned = sign(r#"{"alg":"none"}"#, &claims().to_string(), SECRET.as_bytes());
    assert_refused(&unsigned[..=unsigned.rfind('.').unwrap()], "algorithm", "not signed");
}

#[test]
fn a_mistaken_key_is_named_for_what_it_is() {
    let hex_secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let hex_key: Vec<u8> =
        (0..64).step_by(2).map(|at| u8::from_str_radix(&hex_secret[at..at + 2], 16).unwrap()).collect();
    for (secret, key, mistake) in [
        (SECRET, STANDARD.decode(SECRET).unwrap(), "base64-decoded before signing"),
        (SECRET, STANDARD.encode(SECRET).into_bytes(), "base64-encoded before signing"),
        (SECRET, format!("{SECRET}\n").into_bytes(), "a line end after it"),
        (SECRET, format!("\"{SECRET}\"").into_bytes(), "with its quotes"),
        (SECRET, vec![], "an empty secret"),
        (hex_secret, hex_key, "hex-decoded before signing"),
        (" padded-padded-padded-padded-padded ", b"padded-padded-padded-padded-padded".to_vec(), "trimmed"),
    ] {
        let token = sign(HEADER, &claims().to_string(), &key);
        let refusal = verifier(secret).judge(&token, NOW).outcome.unwrap_err();
        assert_eq!(refusal.code.as_str(), "signature");
        assert!(refusal.message.contains(mistake), "{refusal}");
        assert!(!refusal.message.contains(secret), "the secret is in the message");
    }
}

#[test]
fn an_unknown_key_is_not_blamed_on_a_mistake_that_was_not_made() {
    let foreign = sign(HEADER, &claims().to_string(), b"another project's secret, long enough");
    assert_refused(&foreign, "signature", "another project's");
}

#[test]
fn a_signature_in_hex_is_named_for_what_it_is() {
    let token = mint(&claims());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let hex: String = URL_SAFE_NO_PAD.decode(signature).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_refused(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(hex)), "signature", "written in hex");
}

#[test]
fn no_signature_is_no_signature() {
    let token = mint(&claims());
    assert_refused(&token[..=token.rfind('.').unwrap()], "signature", "has no signature");
}

#[test]
fn any_flipped_byte_is_refused() {
    let token = mint(&claims());
    let parts: Vec<Vec<u8>> = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    for part in 0..3 {
        for byte in 0..parts[part].len() {
            let mut flipped = parts.clone();
            flipped[part][byte] ^= 1;
            let token: Vec<String> = flipped.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
            assert!(judge(&token.join(".")).outcome.is_err(), "part {part}, byte {byte}");
        }
    }
}

#[test]
fn a_token_counts_until_the_second_before_exp() {
    assert!(verifier(SECRET).judge(&mint(&claims()), NOW + 299).outcome.is_ok());
    let refusal = verifier(SECRET).judge(&mint(&claims()), NOW + 300).outcome.unwrap_err();
    assert_eq!(refusal.code.as_str(), "expired");
}

#[test]
fn times_that_are_wrong_are_named_for_what_they_are() {
    assert_refused(&with("exp", json!((NOW + 300).to_string())), "malformed", "exp is a string");
    assert_refused(&with("iat", json!(NOW.to_string())), "malformed", "iat is a string");
    assert_refused(&with("exp", json!(300)), "expired", "exp is 300, a lifetime");
    assert_refused(&with("exp", json!(1_790_000_300.5)), "malformed", "whole seconds");
    assert_refused(&with("exp", None), "lifetime", "no exp");
    assert_refused(&with("iat", None), "lifetime", "no iat");
    assert_refused(&with("nbf", json!("soon")), "malformed", "nbf is a string");
    assert_refused(&with("nbf", json!(NOW + 60)), "not_yet_valid", "nbf lies 60 s in the future");
    assert_refused(&with_times(NOW, NOW + 3_600), "lifetime", "lifetime is 3600 s; Reqio's tokens live 300");
    assert_refused(&with_times(NOW, NOW + 301), "lifetime", "lifetime is 301 s");
    assert_refused(&with_times(NOW + 5, NOW + 5), "lifetime", "exp is not after iat");
    assert_refused(&with_times(NOW * 1_000, (NOW + 300) * 1_000), "lifetime", "milliseconds");
    assert_refused(&with_times(NOW - 400, NOW - 100), "expired", "expired 100 s ago");
    assert_refused(&with_times(i64::MIN, i64::MAX), "lifetime", "milliseconds");
}

#[test]
fn a_clock_that_is_ahead_is_forgiven_for_5_seconds() {
    assert!(judge(&with_times(NOW + 5, NOW + 305)).outcome.is_ok());
    assert_refused(&with_times(NOW + 6, NOW + 306), "not_yet_valid", "iat lies 6 s in the future");
}

#[test]
fn an_audience_that_is_not_the_projects_is_refused() {
    assert_refused(&with("aud", json!("demo")), "audience", "aud is the project id; it must be the whole URL");
    assert_refused(&with("aud", json!("https://reqio.app/p/demo/")), "audience", "without it");
    assert_refused(&with("aud", json!("https://reqio.app/p/other")), "audience", AUDIENCE);
    assert_refused(&with("aud", json!("HTTPS://REQIO.APP/p/demo")), "audience", AUDIENCE);
    assert_refused(&with("aud", json!([])), "audience", AUDIENCE);
    assert_refused(&with("aud", json!([AUDIENCE, 1])), "audience", AUDIENCE);
    assert_refused(&with("aud", None), "audience", "no aud");
}

#[test]
fn a_subject_that_is_no_text_is_refused() {
    assert_refused(&with("sub", json!(42)), "subject", "send it as a string: \"42\"");
    assert_refused(&with("sub", json!("")), "subject", "empty");
    assert_refused(&with("sub", Value::Null), "subject", "null");
    assert_refused(&with("sub", None), "subject", "no sub");
    assert_refused(&with("sub", json!("x".repeat(256))), "subject", "255");
}

#[test]
fn traits_that_reqio_does_not_document_are_refused() {
    let traits = |amount: Value| json!({ "plan": "pro", "amount": amount, "interval": "month" });
    for (traits, fix) in [
        (traits(json!(29)), "amount is 29, which Reqio reads as 29 cents; send 2900"),
        (traits(json!(29.99)), "whole cents"),
        (traits(json!("2900")), "amount is a string"),
        (traits(json!(-2900)), "zero or more"),
        (traits(json!(null)), "leave it out"),
        (traits(json!(100_000_000_001_i64)), "up to 100000000000"),
        (traits(json!(u64::MAX)), "whole cents"),
        (json!({ "amount": 2900 }), "interval is missing"),
        (json!({ "amount": 2900, "interval": "monthly" }), "send \"month\" or \"year\""),
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
    assert_refused(&with("email", Value::Null), "malformed", "leave the claim out");
}

#[test]
fn a_refused_token_shows_what_it_said() {
    let judgement = judge(&sign(HEADER, &claims().to_string(), b"x"));
    assert_eq!(judgement.header.unwrap()["alg"], "HS256");
    assert_eq!(judgement.claims.unwrap()["sub"], "usr_scale");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_judge_panic(text in ".{0,200}", now in proptest::num::i64::ANY) {
        let _ = verifier(SECRET).judge(&text, now);
    }

    #[test]
    fn no_claims_make_the_judge_panic(
        name in "sub|aud|exp|iat|nbf|email|traits",
        text in r#"-?[0-9]{1,20}|"[^"\\]{0,20}"|null|true|\[\]|\{\}|\{"amount":-?[0-9]{1,20},"interval":"year"\}"#,
    ) {
        let payload = claims().to_string().replacen('{', &format!("{{{name:?}:{text},"), 1);
        let _ = judge(&sign(HEADER, &payload, SECRET.as_bytes()));
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let _ = judge(&with(&name, value));
        }
    }

    #[test]
    fn whatever_a_good_token_says_is_read_back(subject in r"\S.{0,100}", amount in 100_i64..100_000_000_000) {
        let mut claims = claims();
        claims["sub"] = subject.clone().into();
        claims["traits"]["amount"] = amount.into();
        let read = judge(&mint(&claims)).outcome.unwrap();
        proptest::prop_assert_eq!(read.subject, subject);
        proptest::prop_assert_eq!(read.traits.amount, Some(Cents(amount)));
    }
}
