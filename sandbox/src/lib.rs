//! A local stand-in for Reqio, built from its public documentation.
//!
//! It serves a widget, verifies identity tokens with code of its own, and keeps a backlog weighted
//! by revenue, so that an integration in any language can be tried without an account or a network.
//! Where the real service is not documented, the choice made here is called the sandbox's own.
//! Start reading at [`token`], the part that judges a token.
#![forbid(unsafe_code)]

mod clock;
mod config;
mod error;
mod faults;
mod feature;
mod http;
mod memory;
mod money;
mod origin;
mod pages;
mod project;
mod sandbox;
mod seed;
mod serve;
mod testing;
pub mod token;

pub use clock::Clock;
pub use config::Config;
pub use faults::Faults;
pub use memory::{Requester, Verdict, VerdictQuery};
pub use money::{Cents, Interval};
pub use origin::{AllowedOrigins, Origin, OriginError};
pub use project::{ConfigError, ProjectId, SigningSecret};
pub use sandbox::Sandbox;
pub use seed::{Seed, SeedError};
pub use testing::{Running, StartError};

/// The example in Rust of the sandbox's document.
#[cfg(doctest)]
#[doc = include_str!("../../docs/sandbox.md")]
struct Document;
