//! The signature: HMAC-SHA-256 over the first two parts (RFC 7515 section 5.2, RFC 7518 section
//! 3.2), and when it is wrong, which of the common mistakes would have made it.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::parts::Jws;
use super::refusal::{Refusal, RefusalCode, shown};

/// The header must ask for HS256, spelled exactly so, and for nothing beyond it (RFC 8725 section
/// 3.1).
pub(crate) fn check_algorithm(header: Option<&Value>) -> Result<(), Refusal> {
    let refused = |message: String| Err(Refusal::new(RefusalCode::Algorithm, message));
    let parameter = |name| header.and_then(|header| header.get(name));
    if parameter("crit").is_some() {
        return refused(
            "the header has \"crit\", which asks for an extension; mint a plain HS256 token".into(),
        );
    }
    match parameter("alg") {
        Some(Value::String(algorithm)) if algorithm == "HS256" => Ok(()),
        Some(Value::String(algorithm)) if algorithm.eq_ignore_ascii_case("none") => refused(
            format!("alg is {algorithm:?}, so the token is not signed; sign it with HS256"),
        ),
        Some(algorithm) => refused(format!(
            "alg is {}; Reqio's tokens are signed with \"HS256\"",
            shown(algorithm)
        )),
        None => refused("the header has no alg; it must be \"HS256\"".into()),
    }
}

/// The signature must be that of the secret's raw bytes, compared in constant time.
pub(crate) fn check_signature(jws: &Jws<'_>, secret: &str) -> Result<(), Refusal> {
    if is_signed_with(jws.signed.as_bytes(), &jws.signature, secret.as_bytes()) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::Signature, explain(jws, secret)))
}

pub(crate) fn is_signed_with(signed: &[u8], signature: &[u8], key: &[u8]) -> bool {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key)
        .expect("HMAC takes keys of any length (RFC 2104 section 2)");
    hmac.update(signed);
    hmac.verify_slice(signature).is_ok()
}

/// Names a mistake only after the token verifies with the key that this mistake makes.
fn explain(jws: &Jws<'_>, secret: &str) -> String {
    for (mistake, key) in mistaken_keys(secret) {
        if is_signed_with(jws.signed.as_bytes(), &jws.signature, &key) {
            return format!(
                "{mistake}: sign with the raw bytes of REQIO_SECRET, exactly as they are shown to \
                 you"
            );
        }
    }
    if jws.signature.is_empty() {
        return "the token has no signature: sign it with HS256 and the project's signing secret"
            .into();
    }
    if hex::decode(&jws.signature)
        .is_ok_and(|bytes| is_signed_with(jws.signed.as_bytes(), &bytes, secret.as_bytes()))
    {
        return "the signature is right, but was written in hex before base64url: encode its raw \
                32 bytes"
            .into();
    }
    "the signature is not this project's: either REQIO_SECRET is another project's, or the token \
     was changed after it was signed"
        .into()
}

fn mistaken_keys(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    const LINE_END: &str = "the secret was signed with a line end after it";
    const QUOTES: &str = "the secret was signed with its quotes";
    const DECODED: &str = "the secret was base64-decoded before signing";
    let mut keys = vec![
        (LINE_END, format!("{secret}\n").into_bytes()),
        (LINE_END, format!("{secret}\r\n").into_bytes()),
        (
            "the secret was trimmed before signing",
            secret.trim().into(),
        ),
        (QUOTES, format!("\"{secret}\"").into_bytes()),
        (QUOTES, format!("'{secret}'").into_bytes()),
        ("the token was signed with an empty secret", Vec::new()),
    ];
    for alphabet in [&alphabet::STANDARD, &alphabet::URL_SAFE] {
        keys.extend(base64(secret, alphabet).map(|key| (DECODED, key)));
    }
    let hex = hex::decode(secret).ok();
    keys.extend(hex.map(|key| ("the secret was hex-decoded before signing", key)));
    let encoded = STANDARD.encode(secret).into_bytes();
    keys.push(("the secret was base64-encoded before signing", encoded));
    keys
}

/// Decodes as leniently as the libraries that people decode with.
fn base64(secret: &str, alphabet: &alphabet::Alphabet) -> Option<Vec<u8>> {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, lenient).decode(secret).ok()
}
