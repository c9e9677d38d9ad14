//! The browser's values are read as `serde_json` reads the same text, in a real browser.
#![cfg(target_arch = "wasm32")]

mod types;

use std::fmt::Debug;

use json_post::{Misfit, read};
use serde::de::DeserializeOwned;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Reads the text both ways, and answers with what came out.
fn both<T: DeserializeOwned + PartialEq + Debug>(json: &str) -> Option<T> {
    let value = js_sys::JSON::parse(json).expect("the tests write JSON");
    let here = read::<T>(value).ok();
    assert_eq!(here, serde_json::from_str(json).ok(), "{json}");
    here
}

#[wasm_bindgen_test]
fn what_fits_nothing_is_a_misfit() {
    assert_eq!(both::<u8>("256"), None);
    assert_eq!(both::<u64>("-1"), None);
    assert_eq!(both::<u64>("\"1\""), None);
    assert_eq!(both::<u64>("1.5"), None);
    assert_eq!(both::<String>("1"), None);
    assert_eq!(both::<String>("null"), None);
    assert_eq!(both::<bool>("0"), None);
    assert_eq!(both::<Vec<u8>>("{}"), None);
    assert_eq!(both::<(u8, u8)>("[1]"), None);
}

#[wasm_bindgen_test]
fn a_number_that_is_not_exact_is_no_integer() {
    let value = js_sys::JSON::parse("9007199254740993").expect("a number");
    assert_eq!(read::<u64>(value), Err(Misfit));
}

#[wasm_bindgen_test]
fn undefined_is_nothing_and_a_function_is_no_value() {
    assert_eq!(
        read::<Option<u8>>(wasm_bindgen::JsValue::UNDEFINED),
        Ok(None)
    );
    let function = js_sys::Function::new_no_args("");
    assert_eq!(read::<String>(function.into()), Err(Misfit));
}
