//! Tells Reqio who your signed-in users are: the identity token, and how to mint one.
//!
//! Without features this crate is plain data that the browser may hold too: [`Identity`], the
//! [`Token`] in it, [`WidgetScript`], [`Subject`], [`Claims`] and their parts. With the feature
//! `mint` it also makes tokens: `Configuration`, `SigningSecret` and `Minter`. Only a server turns
//! that feature on, so that code for the browser cannot even name the secret.
//!
#![cfg_attr(feature = "mint", doc = include_str!("../README.md"))]
//!
//! # What a token says
//!
//! A token is a JWT (RFC 7519) signed with HS256 (RFC 7518 section 3.2). Reqio documents these
//! claims:
//!
//! | claim | type here | meaning |
//! |---|---|---|
//! | `sub` | `String` | the user's id in your own system |
//! | `email` | `Option<String>` | where Reqio writes to; may be left out |
//! | `traits.plan` | `Option<String>` | the plan's name in your billing system |
//! | `traits.amount` | `Option<`[`Cents`]`>` | the recurring charge as billed, in cents |
//! | `traits.interval` | `Option<`[`Interval`]`>` | what the amount is charged for |
//! | `aud` | [`Audience`] | the one project the token is for |
//! | `iat`, `exp` | `u64` | seconds since 1970, always [`LIFETIME`] apart |
//!
//! # Keeping the secret
//!
//! What the browser is compiled from has no `mint`, and this line is an error there:
//!
#![cfg_attr(feature = "mint", doc = "```")]
#![cfg_attr(not(feature = "mint"), doc = "```compile_fail")]
//! use reqio_identity::SigningSecret;
//! ```
//!
//! The finished [`Token`] is what the browser gets. It carries itself in JSON as its text, and
//! shows nothing of itself in `Debug` output, since whoever holds it is that user to Reqio until it
//! expires.
#![forbid(unsafe_code)]

mod audience;
mod cents;
mod claims;
#[cfg(feature = "mint")]
mod configuration;
mod identity;
mod interval;
#[cfg(feature = "mint")]
mod minter;
mod project_id;
mod script_url;
#[cfg(feature = "mint")]
mod signing_secret;
mod subject;
mod token;
mod traits;
mod widget_script;

pub use audience::{Audience, InvalidAudience};
pub use cents::{Cents, TooManyCents};
pub use claims::{Claims, LIFETIME};
#[cfg(feature = "mint")]
pub use configuration::{Configuration, ConfigurationError};
pub use identity::Identity;
pub use interval::Interval;
#[cfg(feature = "mint")]
pub use minter::{MintError, Minter};
pub use project_id::{InvalidProjectId, ProjectId};
#[cfg(feature = "mint")]
pub use signing_secret::{SigningSecret, WeakSigningSecret};
pub use subject::Subject;
pub use token::Token;
pub use traits::Traits;
pub use widget_script::{InvalidScriptUrl, WidgetScript};
