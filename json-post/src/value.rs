//! From what the browser's JSON parser made of an answer to any type that derives `Deserialize`.
//!
//! A parser of our own would double the one in the browser. `serde-wasm-bindgen` does more than
//! JSON needs, and formats floats for its errors: 11 kB of compressed WebAssembly.

use std::fmt;

use js_sys::{Array, Object};
use serde::{
    de::{self, DeserializeOwned, Visitor},
    forward_to_deserialize_any,
};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::parts::{Items, Members, Variant};

/// The value is not of the expected type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

/// Reads a value, as `JSON.parse` makes it, as a `T`: strictly, so a number is no string and what
/// is missing is no empty text. A number beyond 2^53 is no integer, since it is not exact.
///
/// # Errors
/// The value is not a `T`.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Misfit> {
    T::deserialize(Value(value))
}

pub(crate) struct Value(pub(crate) JsValue);

/// What is exactly a whole number of seconds, cents or things.
pub(crate) fn whole(number: f64) -> Option<u64> {
    #[expect(
        clippy::as_conversions,
        reason = "a whole number below 2^53 is exactly a u64"
    )]
    (is_exact(number) && number >= 0.0).then_some(number as u64)
}

fn is_exact(number: f64) -> bool {
    number.abs() <= js_sys::Number::MAX_SAFE_INTEGER && number.trunc() == number
}

impl Value {
    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }
}

impl<'de> de::Deserializer<'de> for Value {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Self(value) = self;
        if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(number) = value.as_f64() {
            #[expect(
                clippy::as_conversions,
                reason = "a whole number above -2^53 is exactly an i64"
            )]
            match whole(number) {
                Some(number) => visitor.visit_u64(number),
                None if is_exact(number) => visitor.visit_i64(number as i64),
                None => visitor.visit_f64(number),
            }
        } else if let Some(flag) = value.as_bool() {
            visitor.visit_bool(flag)
        } else if value.is_null() {
            visitor.visit_unit()
        } else if let Some(array) = value.dyn_ref::<Array>() {
            visitor.visit_seq(Items(array.clone().into_iter()))
        } else if let Some(object) = value.dyn_ref::<Object>() {
            visitor.visit_map(Members::of(object))
        } else {
            Err(Misfit)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.is_nothing() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    /// As serde writes them by default: a variant is its name, or an object with that one member.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if let Some(name) = self.0.as_string() {
            return visitor.visit_enum(Variant {
                name,
                content: Self(JsValue::NULL),
            });
        }
        let mut members = Members::of(self.0.dyn_ref().ok_or(Misfit)?);
        let (Some((name, content)), None) = (members.next(), members.next()) else {
            return Err(Misfit);
        };
        visitor.visit_enum(Variant { name, content })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }
}

impl std::error::Error for Misfit {}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the answer is not of the expected type")
    }
}
