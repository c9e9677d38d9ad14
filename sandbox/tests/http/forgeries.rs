//! What is no token, was changed on the way, or was signed with something else than the project's
//! secret.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::bench::{NOW, SECRET, claims, mint, sign};
use crate::judge::{HEADER, assert_refused, judge, verifier, with};

#[test]
fn what_is_no_token_is_malformed() {
    for (token, fix) in [
        ("", "the token is empty"),
        ("undefined", "the word"),
        ("[object Promise]", "await it"),
        ("[object Object]", "not the object around it"),
        ("a.b", "2 part(s)"),
        ("a.b.c.d.e", "JWS"),
        ("a.b.c", "not base64url"),
        ("e30.e30.", "no alg"),
    ] {
        let refusal = judge(token).outcome.unwrap_err();
        assert!(refusal.message.contains(fix), "{token:?}: {refusal}");
    }
    assert_refused(&"x".repeat(8_193), "malformed", "8193 bytes");
    assert_refused(&"x".repeat(8_192), "malformed", "1 part(s)");
}

#[test]
fn a_second_spelling_of_the_same_bytes_is_malformed() {
    let token = mint(&claims());
    assert_refused(&format!("{token}="), "malformed", "leave the padding off");
    assert_refused(&token.replacen('.', "\n.", 1), "malformed", "a line end");
    // 32 bytes end in a character of which only four bits count: its neighbour in the alphabet
    // decodes to the same.
    let (body, last) = token.split_at(token.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let neighbour = &alphabet[alphabet.find(last).unwrap() + 1..][..1];
    assert_refused(&format!("{body}{neighbour}"), "malformed", "changed or cut");
}

#[test]
fn a_claim_that_is_there_twice_is_malformed() {
    for (first, twice) in [
        ("{", r#"{"sub":"usr_admin","#),
        ("{", r#"{"\u0073ub":"usr_admin","#),
        (r#""traits":{"#, r#""traits":{"plan":"free","#),
    ] {
        let payload = claims().to_string().replacen(first, twice, 1);
        let token = sign(HEADER, &payload, SECRET.as_bytes());
        assert_refused(&token, "malformed", "appears twice");
    }
    let header = r#"{"alg":"HS256","alg":"none"}"#;
    let token = sign(header, &claims().to_string(), SECRET.as_bytes());
    assert_refused(&token, "malformed", "appears twice");
}

#[test]
fn only_hs256_spelled_exactly_so_is_an_algorithm() {
    let with_header = |header| sign(header, &claims().to_string(), SECRET.as_bytes());
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
        assert_refused(&with_header(header), "algorithm", "HS256");
    }
    let other = with_header(r#"{"alg":"HS384"}"#);
    assert_refused(&other, "algorithm", "alg is \"HS384\"; Reqio's tokens");
    let unsigned = with_header(r#"{"alg":"none"}"#);
    assert_refused(
        &unsigned[..=unsigned.rfind('.').unwrap()],
        "algorithm",
        "not signed",
    );
}

#[test]
fn a_mistaken_key_is_named_for_what_it_is() {
    let hex_secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let hex_key: Vec<u8> = (0..64)
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex_secret[at..at + 2], 16).unwrap())
        .collect();
    for (secret, key, mistake) in [
        (
            SECRET,
            STANDARD.decode(SECRET).unwrap(),
            "base64-decoded before signing",
        ),
        (
            SECRET,
            STANDARD.encode(SECRET).into_bytes(),
            "base64-encoded before signing",
        ),
        (
            SECRET,
            format!("{SECRET}\n").into_bytes(),
            "a line end after it",
        ),
        (
            SECRET,
            format!("\"{SECRET}\"").into_bytes(),
            "with its quotes",
        ),
        (SECRET, vec![], "an empty secret"),
        (hex_secret, hex_key, "hex-decoded before signing"),
        (
            " padded-padded-padded-padded-padded ",
            b"padded-padded-padded-padded-padded".to_vec(),
            "trimmed",
        ),
    ] {
        let token = sign(HEADER, &claims().to_string(), &key);
        let refusal = verifier(secret).judge(&token, NOW).outcome.unwrap_err();
        assert_eq!(refusal.code.as_str(), "signature");
        assert!(refusal.message.contains(mistake), "{refusal}");
        assert!(
            !refusal.message.contains(secret),
            "the secret is in the message"
        );
    }
}

#[test]
fn an_unknown_key_is_not_blamed_on_a_mistake_that_was_not_made() {
    let foreign = sign(
        HEADER,
        &claims().to_string(),
        b"another project's secret, long enough",
    );
    assert_refused(&foreign, "signature", "another project's");
}

#[test]
fn a_signature_in_hex_is_named_for_what_it_is() {
    let token = mint(&claims());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let hex: String = URL_SAFE_NO_PAD
        .decode(signature)
        .unwrap()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_refused(
        &format!("{signed}.{}", URL_SAFE_NO_PAD.encode(hex)),
        "signature",
        "written in hex",
    );
}

#[test]
fn no_signature_is_no_signature() {
    let token = mint(&claims());
    assert_refused(
        &token[..=token.rfind('.').unwrap()],
        "signature",
        "has no signature",
    );
}

#[test]
fn any_flipped_byte_is_refused() {
    let token = mint(&claims());
    let parts: Vec<Vec<u8>> = token
        .split('.')
        .map(|part| URL_SAFE_NO_PAD.decode(part).unwrap())
        .collect();
    for part in 0..3 {
        for byte in 0..parts[part].len() {
            let mut flipped = parts.clone();
            flipped[part][byte] ^= 1;
            let token: Vec<String> = flipped
                .iter()
                .map(|part| URL_SAFE_NO_PAD.encode(part))
                .collect();
            assert!(
                judge(&token.join(".")).outcome.is_err(),
                "part {part}, byte {byte}"
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_judge_panic(text in ".{0,200}", now in proptest::num::i64::ANY) {
        let _ = verifier(SECRET).judge(&text, now);
    }

    #[test]
    fn no_claims_make_the_judge_panic(
        name in "sub|aud|exp|iat|nbf|email|traits",
        text in concat!(
            r#"-?[0-9]{1,20}|"[^"\\]{0,20}"|null|true|\[\]|\{\}|"#,
            r#"\{"amount":-?[0-9]{1,20},"interval":"year"\}"#,
        ),
    ) {
        let payload = claims().to_string().replacen('{', &format!("{{{name:?}:{text},"), 1);
        let _ = judge(&sign(HEADER, &payload, SECRET.as_bytes()));
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let _ = judge(&with(&name, value));
        }
    }
}

/// What editors, shells and clipboards leave at the end of a secret.
#[test]
fn what_was_left_at_an_end_of_the_secret_is_named() {
    for (end, name) in [
        ("\n", "a line end"),
        ("\r\n", "a line end"),
        ("\r", "a carriage return"),
        (" ", "a blank"),
        ("\t", "a tab"),
        ("\u{a0}", "a no-break space"),
        ("\u{feff}", "a byte order mark"),
        ("\n\n", "two line ends"),
        (" \n", "a blank and a line end"),
        ("  ", "two blanks"),
    ] {
        for (key, place) in [
            (format!("{SECRET}{end}"), "after it"),
            (format!("{end}{SECRET}"), "before it"),
        ] {
            let token = sign(HEADER, &claims().to_string(), key.as_bytes());
            let mistake = format!("the secret was signed with {name} {place}");
            assert_refused(&token, "signature", &mistake);
        }
    }
    for (start, end, mistake) in [
        (
            "\u{feff}",
            "\r\n",
            "with a byte order mark before it and a line end after it",
        ),
        (" ", " ", "with a blank before it and a blank after it"),
    ] {
        let key = format!("{start}{SECRET}{end}");
        let token = sign(HEADER, &claims().to_string(), key.as_bytes());
        assert_refused(&token, "signature", mistake);
    }
}
