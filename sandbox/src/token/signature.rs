//! The signature: HMAC-SHA-256 over the first two parts (RFC 7515 section 5.2, RFC 7518 section
//! 3.2), and when it is wrong, which of the common mistakes would have made it.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::jws::Jws;
use super::refusal::{Refusal, RefusalCode, shown};
use super::sent::Header;

/// The header must ask for HS256, spelled exactly so, and for nothing beyond it (RFC 8725 section
/// 3.1).
pub(super) fn check_algorithm(header: &Header) -> Result<(), Refusal> {
    let message = match header.alg.read("alg")? {
        _ if header.crit.text().is_some() => {
            "the header has \"crit\", which asks for an extension; mint a plain HS256 token".into()
        }
        Some(Value::String(algorithm)) if algorithm == "HS256" => return Ok(()),
        Some(Value::String(algorithm)) if algorithm.eq_ignore_ascii_case("none") => {
            format!("alg is {algorithm:?}, so the token is not signed; sign it with HS256")
        }
        Some(other) => {
            let sent = shown(&other);
            format!("alg is {sent}; Reqio's tokens are signed with \"HS256\"")
        }
        None => "the header has no alg; it must be \"HS256\"".into(),
    };
    Err(Refusal::new(RefusalCode::Algorithm, message))
}

/// The signature must be that of the secret's raw bytes, compared in constant time.
pub(super) fn check_signature(jws: &Jws<'_>, secret: &str) -> Result<(), Refusal> {
    if is_signed_with(jws.signed.as_bytes(), &jws.signature, secret.as_bytes()) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::Signature, explain(jws, secret)))
}

pub(super) fn is_signed_with(signed: &[u8], signature: &[u8], key: &[u8]) -> bool {
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

/// What files, shells and clipboards leave at an end of a secret.
const ENDS: [(&str, &str); 10] = [
    ("a line end", "\n"),
    ("a line end", "\r\n"),
    ("two line ends", "\n\n"),
    ("a blank and a line end", " \n"),
    ("two blanks", "  "),
    ("a carriage return", "\r"),
    ("a blank", " "),
    ("a tab", "\t"),
    ("a no-break space", "\u{a0}"),
    ("a byte order mark", MARK),
];

const MARK: &str = "\u{feff}";

fn mistaken_keys(secret: &str) -> Vec<(String, Vec<u8>)> {
    let is_blank = |c: char| c.is_whitespace() || MARK.contains(c);
    let mut keys = Vec::new();
    let mut add = |mistake: &str, key: Vec<u8>| {
        keys.push((format!("the secret was {mistake}"), key));
    };
    for trimmed in [
        secret.trim_matches(is_blank),
        secret.trim_start(),
        secret.trim_end(),
    ] {
        add("trimmed before signing", trimmed.into());
    }
    for quote in ['"', '\''] {
        let key = format!("{quote}{secret}{quote}");
        add("signed with its quotes", key.into());
    }
    for (name, end) in ENDS {
        let (after, before) = (format!("{secret}{end}"), format!("{end}{secret}"));
        add(&format!("signed with {name} after it"), after.into());
        add(&format!("signed with {name} before it"), before.into());
        for (other, start) in ENDS {
            let both = format!("signed with {other} before it and {name} after it");
            add(&both, format!("{start}{secret}{end}").into());
        }
    }
    for alphabet in [&alphabet::STANDARD, &alphabet::URL_SAFE] {
        if let Some(key) = base64(secret, alphabet) {
            add("base64-decoded before signing", key);
        }
    }
    if let Ok(key) = hex::decode(secret) {
        add("hex-decoded before signing", key);
    }
    let encoded = STANDARD.encode(secret);
    add("base64-encoded before signing", encoded.into());
    keys.push((
        "the token was signed with an empty secret".into(),
        Vec::new(),
    ));
    keys
}

/// Decodes as leniently as the libraries that people decode with.
fn base64(secret: &str, alphabet: &alphabet::Alphabet) -> Option<Vec<u8>> {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, lenient).decode(secret).ok()
}
