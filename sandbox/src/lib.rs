//! A local stand-in for Reqio, built from its public documentation.
//!
//! It serves a widget, verifies identity tokens with code of its own, and keeps a backlog weighted
//! by revenue, so that an integration in any language can be tried without an account or a network.
//! Where the real service is not documented, the choice made here is called the sandbox's own.
//! Start reading at [`token`], the part that judges a token.
#![forbid(unsafe_code)]

mod clock;
mod config;
mod control;
mod error;
mod faults;
mod feature;
mod http;
mod money;
mod origin;
mod pages;
mod seed;
mod service;
mod store;
mod testing;
pub mod token;

pub use clock::Clock;
pub use config::{Config, ConfigError, ProjectId, SigningSecret};
pub use faults::Faults;
pub use money::{Cents, Interval};
pub use origin::{AllowedOrigins, Origin, OriginError};
pub use seed::{Seed, SeedError};
pub use service::{OpenError, Sandbox};
pub use store::{Requester, RequesterQuery, Verdict, VerdictQuery};
pub use testing::{Running, StartError};

/// The example in Rust of the sandbox's document.
#[cfg(doctest)]
#[doc = include_str!("../../docs/sandbox.md")]
struct Document;
