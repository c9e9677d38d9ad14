//! docs/troubleshooting.md: the words that it quotes are the words that are said.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use sandbox::{
    ProjectId, SigningSecret,
    token::{Refusal, RefusalCode, Verifier},
};
use serde_json::{Value, json};

use super::document;

const SECRET: &str = "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo";
const NOW: u64 = 1_790_000_000;

fn verifier() -> Verifier {
    Verifier {
        project: ProjectId::new("demo").unwrap(),
        secret: SigningSecret::new(SECRET).unwrap(),
        audience: "https://reqio.app/p/demo".to_owned(),
    }
}

/// Claims as documented, but for one that is changed or, with null, left out. `{"plan": null}`
/// stays.
fn claims(changed: &str, to: Value) -> Value {
    let traits = json!({ "plan": "pro", "amount": 2_900, "interval": "month" });
    let mut claims = json!({
        "sub": "usr_1",
        "traits": traits,
        "aud": "https://reqio.app/p/demo",
        "iat": NOW,
        "exp": NOW + 300,
    });
    claims[changed] = to;
    claims
        .as_object_mut()
        .unwrap()
        .retain(|name, value| name == "email" || !value.is_null());
    claims
}

fn sign(algorithm: Algorithm, claims: &Value, key: &EncodingKey) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, key).unwrap()
}

fn with(changed: &str, to: Value) -> String {
    sign(
        Algorithm::HS256,
        &claims(changed, to),
        &EncodingKey::from_secret(SECRET.as_bytes()),
    )
}

fn minted_at(time: u64) -> String {
    let mut claims = claims("iat", json!(time));
    claims["exp"] = json!(time + 300);
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    sign(Algorithm::HS256, &claims, &key)
}

/// A JWT library writes no half of a character: the payload is put together by hand.
fn with_half_a_character() -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let payload = claims("email", json!("ada@\u{1f600}")).to_string();
    let payload = URL_SAFE_NO_PAD.encode(payload.replace('\u{1f600}', r"\ud83d"));
    let signed = format!("{header}.{payload}");
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::HS256);
    format!("{signed}.{}", signature.unwrap())
}

fn signed_with(key: &str) -> String {
    sign(
        Algorithm::HS256,
        &claims("sub", json!("usr_1")),
        &EncodingKey::from_secret(key.as_bytes()),
    )
}

/// One token for every mistake that the page explains.
fn mistakes() -> Vec<String> {
    let good = claims("sub", json!("usr_1"));
    let mut old = claims("iat", json!(NOW - 400));
    old["exp"] = json!(NOW - 100);
    let mut early = claims("iat", json!(NOW + 60));
    early["exp"] = json!(NOW + 360);
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let traits = |changed: &str, to: Value| {
        let mut claims = claims("sub", json!("usr_1"));
        claims["traits"][changed] = to;
        sign(Algorithm::HS256, &claims, &key)
    };
    vec![
        "undefined".to_owned(),
        "[object Promise]".to_owned(),
        "usr_1".to_owned(),
        signed_with(SECRET) + "\n",
        with("exp", json!((NOW + 300).to_string())),
        with("email", Value::Null),
        with_half_a_character(),
        sign(Algorithm::HS512, &good, &key),
        sign(
            Algorithm::HS256,
            &good,
            &EncodingKey::from_base64_secret(SECRET).unwrap(),
        ),
        signed_with(&format!("{SECRET}\n")),
        signed_with(&format!("{SECRET}\r")),
        signed_with(&format!("{SECRET} ")),
        signed_with(&format!("\"{SECRET}\"")),
        signed_with(""),
        signed_with("the secret of another project, 32 bytes"),
        sign(Algorithm::HS256, &old, &key),
        with("exp", json!(300)),
        sign(Algorithm::HS256, &early, &key),
        minted_at(NOW + 14_400),
        minted_at(NOW - 19_800),
        with("aud", Value::Null),
        with("aud", json!("demo")),
        with("aud", json!("https://reqio.app/p/demo/")),
        with("aud", json!("https://reqio.app/p/other")),
        with("sub", json!(42)),
        with("sub", json!(1_234_567_890_123_456_800_u64)),
        with("sub", json!("")),
        with("sub", Value::Null),
        with("exp", Value::Null),
        with("iat", Value::Null),
        with("exp", json!(NOW + 3_600)),
        with("exp", json!((NOW + 300) * 1_000)),
        traits("amount", json!(29)),
        traits("amount", json!(29.99)),
        traits("amount", json!("2900")),
        traits("interval", json!("monthly")),
        traits("plan", json!(null)),
        with("traits", json!({ "amount": 2_900 })),
    ]
}

/// Code and sentence of every refusal that the page quotes: a heading names the code, the first
/// cells the sentences.
fn quoted(document: &str) -> BTreeSet<(String, String)> {
    let mut quoted = BTreeSet::new();
    let mut code = None;
    for line in document.lines() {
        if line.starts_with('#') {
            code = line
                .strip_prefix("### `")
                .and_then(|rest| rest.strip_suffix('`'));
        } else if let (Some(code), Some(row)) = (code, line.strip_prefix("| `"))
            && let Some((sentence, _)) = row.split_once("` |")
        {
            quoted.insert((code.to_owned(), sentence.to_owned()));
        }
    }
    quoted
}

#[test]
fn every_sentence_quoted_from_the_sandbox_is_the_one_it_says() {
    let judge = |token: String| {
        let now = i64::try_from(NOW).unwrap();
        let Refusal { code, message } = verifier().judge(&token, now).outcome.expect_err(&token);
        (code.as_str().to_owned(), message)
    };
    let said: BTreeSet<(String, String)> = mistakes().into_iter().map(judge).collect();
    let quoted = quoted(&document("troubleshooting.md"));
    assert_eq!(
        quoted.difference(&said).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new(),
        "quoted, but not said"
    );
    assert_eq!(
        said.difference(&quoted).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new(),
        "said, but not quoted"
    );
}

#[test]
fn every_code_of_the_sandbox_has_its_section() {
    let document = document("troubleshooting.md");
    let missing: Vec<&str> = RefusalCode::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !document.contains(&format!("\n### `{code}`\n")))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
