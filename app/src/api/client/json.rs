//! From what the browser's JSON parser made of an answer to the types of the contract.
//!
//! The types say what they take by deriving `Deserialize`, as on the server. A parser of our own
//! would double the one in the browser, and its error texts, which nobody would read, weigh more
//! than this file.

use std::fmt;

use js_sys::Reflect;
use serde::{
    de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer as _, SeqAccess, Visitor},
    forward_to_deserialize_any,
};
use wasm_bindgen::JsValue;

/// The answer is not of the expected type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Misfit;

/// Reads a value as a `T`: strictly, so a number is no string and what is missing is no empty text.
pub(super) fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Misfit> {
    T::deserialize(Value(value))
}

struct Value(JsValue);

/// What is no object and no array.
enum Scalar {
    Nothing,
    Flag(bool),
    Number(u64),
    Text(String),
}

impl Value {
    fn scalar(&self) -> Result<Scalar, Misfit> {
        let Self(value) = self;
        if value.is_null() || value.is_undefined() {
            return Ok(Scalar::Nothing);
        }
        let flag = || value.as_bool().map(Scalar::Flag);
        let number = || value.as_f64().and_then(whole).map(Scalar::Number);
        value
            .as_string()
            .map(Scalar::Text)
            .or_else(flag)
            .or_else(number)
            .ok_or(Misfit)
    }
}

/// The contract knows whole numbers only, none of them negative.
pub(super) fn whole(number: f64) -> Option<u64> {
    let exact =
        (0.0..=js_sys::Number::MAX_SAFE_INTEGER).contains(&number) && number.trunc() == number;
    #[expect(
        clippy::as_conversions,
        reason = "a whole number below 2^53 is exactly a u64"
    )]
    exact.then_some(number as u64)
}

impl<'de> de::Deserializer<'de> for Value {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.scalar()? {
            Scalar::Nothing => visitor.visit_unit(),
            Scalar::Flag(flag) => visitor.visit_bool(flag),
            Scalar::Number(number) => visitor.visit_u64(number),
            Scalar::Text(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() || self.0.is_undefined() {
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

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        // The members are handed over in the order in which the type declares them, so no name
        // needs to be compared.
        visitor.visit_seq(Members {
            object: self.0,
            names: fields.iter(),
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let name = self.0.as_string().ok_or(Misfit)?;
        let variant = variants
            .iter()
            .zip(0_u32..)
            .find(|(variant, _)| **variant == name);
        let (_, number) = variant.ok_or(Misfit)?;
        visitor.visit_enum(number.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Members {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Members {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some(name) = self.names.next() else {
            return Ok(None);
        };
        // What is missing is `undefined`, which fits nothing but an `Option`; what is no object has
        // no members.
        let member = Reflect::get(&self.object, &(*name).into()).map_err(|_| Misfit)?;
        seed.deserialize(Value(member)).map(Some)
    }
}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl std::error::Error for Misfit {}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the value is not of the expected type")
    }
}
