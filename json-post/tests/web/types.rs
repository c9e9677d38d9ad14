//! Every kind of type that serde can describe.

use std::collections::BTreeMap;

use serde::Deserialize;
use wasm_bindgen_test::wasm_bindgen_test;

use super::both;

#[derive(Debug, Deserialize, PartialEq)]
struct Everything {
    text: String,
    letter: char,
    fraction: f64,
    negative: i32,
    flag: bool,
    list: Vec<u8>,
    pair: (u8, String),
    by_name: BTreeMap<String, u8>,
    by_number: BTreeMap<i16, bool>,
    by_kind: BTreeMap<Kind, u8>,
    nothing: Option<u8>,
    something: Option<u8>,
    #[serde(default)]
    missing: Vec<u8>,
    #[serde(alias = "old_name")]
    renamed: u8,
    unit: (),
    wrapped: Wrapped,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Wrapped(u8);

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Unit,
    Newtype(u8),
    Tuple(u8, u8),
    Struct { member: u8 },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(tag = "type")]
enum Tagged {
    First { member: u8 },
    Second,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    List(Vec<f32>),
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Strict {
    known: u8,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Flat {
    own: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

const EVERYTHING: &str = r#"{
    "text": "a\u0000ü🦀", "letter": "ü", "fraction": 1.5, "negative": -7, "flag": true,
    "list": [1, 2], "pair": [3, "four"], "by_name": {"a": 1, "": 2}, "by_number": {"-5": true},
    "by_kind": {"unit": 1}, "nothing": null, "something": 5, "old_name": 6, "unit": null,
    "wrapped": 7, "unknown": {"ignored": [1]}
}"#;

#[wasm_bindgen_test]
fn structs_with_every_kind_of_member() {
    assert!(both::<Everything>(EVERYTHING).is_some());
    assert!(both::<Vec<Everything>>(&format!("[{EVERYTHING}]")).is_some());
    assert!(both::<Everything>("{}").is_none());
}

#[wasm_bindgen_test]
fn variants_in_every_shape() {
    assert_eq!(both(r#""unit""#), Some(Kind::Unit));
    assert_eq!(both(r#"{"newtype": 1}"#), Some(Kind::Newtype(1)));
    assert_eq!(both(r#"{"tuple": [1, 2]}"#), Some(Kind::Tuple(1, 2)));
    assert_eq!(
        both(r#"{"struct": {"member": 1}}"#),
        Some(Kind::Struct { member: 1 })
    );
    assert_eq!(both::<Kind>(r#""other""#), None);
    assert_eq!(both::<Kind>(r#""newtype""#), None);
    assert_eq!(both::<Kind>(r#"{"newtype": 1, "tuple": [1, 2]}"#), None);
    assert_eq!(both::<Kind>("{}"), None);
}

#[wasm_bindgen_test]
fn variants_told_apart_by_a_tag_or_by_their_content() {
    assert_eq!(
        both(r#"{"type": "First", "member": 1}"#),
        Some(Tagged::First { member: 1 })
    );
    assert_eq!(
        both(r#"{"member": 1, "type": "First"}"#),
        Some(Tagged::First { member: 1 })
    );
    assert_eq!(both(r#"{"type": "Second"}"#), Some(Tagged::Second));
    assert_eq!(both("-3"), Some(Untagged::Number(-3)));
    assert_eq!(both("[1, 2.5]"), Some(Untagged::List(vec![1.0, 2.5])));
}

#[wasm_bindgen_test]
fn members_that_nobody_asked_for() {
    assert_eq!(both(r#"{"known": 1}"#), Some(Strict { known: 1 }));
    assert_eq!(both::<Strict>(r#"{"known": 1, "unknown": 2}"#), None);
    let rest = BTreeMap::from([("other".to_owned(), 2)]);
    assert_eq!(
        both(r#"{"own": 1, "other": 2}"#),
        Some(Flat { own: 1, rest })
    );
}
