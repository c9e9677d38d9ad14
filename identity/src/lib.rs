//! The identity token: who a signed-in user is, as Reqio reads it.
//!
//! Without features this crate is plain data that the browser may hold too: [`Claims`], [`Traits`],
//! [`Cents`], [`Interval`], [`Audience`] and the finished [`Token`]. With the feature `mint` it can
//! also make one: `SigningSecret` and `Minter`. Only a server turns that feature on, so that code
//! for the browser cannot even name the secret.
//!
//! # What a token says
//!
//! A token is a JWT (RFC 7519) signed with HS256 (RFC 7518 section 3.2). Reqio documents these
//! claims:
//!
//! | claim | type here | meaning |
//! |---|---|---|
//! | `sub` | `&str` | the user's id in your own system |
//! | `email` | `Option<&str>` | where Reqio writes to; may be left out |
//! | `traits.plan` | `Option<String>` | the plan's name in your billing system |
//! | `traits.amount` | `Option<`[`Cents`]`>` | the recurring charge as billed, in cents |
//! | `traits.interval` | `Option<`[`Interval`]`>` | what the amount is charged for: a month or a year |
//! | `aud` | [`Audience`] | the one project the token is for |
//! | `iat`, `exp` | `u64` | minted at, and good until, in seconds since 1970: always [`LIFETIME`] apart |
//!
//! # Minting one
//!
//! Build the minter once, at start, from the secret in the server's environment; mint for every
//! answer that needs a token. A secret that is too short, or an audience that names no project,
//! ends the start and not a visitor's visit.
//!
#![cfg_attr(feature = "mint", doc = "```")]
#![cfg_attr(not(feature = "mint"), doc = "```ignore")]
//! use identity::{Audience, Cents, Interval, Minter, SigningSecret, Traits};
//! use std::time::SystemTime;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let secret = SigningSecret::new("the project's signing secret, 32 bytes or more".to_owned())?;
//! let audience: Audience = "https://reqio.app/p/acme".parse()?;
//! let minter = Minter::new(&secret, audience);
//!
//! // 990.00 a year, as billed: Reqio divides an annual amount by 12 itself. let traits = Traits {
//! plan: Some("scale".to_owned()), amount: Some(Cents::from(99_000)), interval:
//! Some(Interval::Year) }; let token = minter.mint("usr_1", Some("ada@example.com"), traits,
//! SystemTime::now())?; assert_eq!(token.as_str().split('.').count(), 3);
//! # Ok(())
//! # }
//! ```
//!
//! # Keeping the secret
//!
//! What the browser is compiled from has no `mint`, and this line is an error there:
//!
#![cfg_attr(feature = "mint", doc = "```")]
#![cfg_attr(not(feature = "mint"), doc = "```compile_fail")]
//! use identity::SigningSecret;
//! ```
//!
//! The finished [`Token`] is what the browser gets. It carries itself in JSON as its text, and shows nothing of itself in
//! `Debug` output, since whoever holds it is that user to Reqio until it expires.
#![forbid(unsafe_code)]

mod audience;
mod cents;
mod claims;
mod interval;
#[cfg(feature = "mint")]
mod minter;
mod project_id;
#[cfg(feature = "mint")]
mod signing_secret;
mod token;
mod traits;

pub use audience::{Audience, InvalidAudience};
pub use cents::{Cents, TooManyCents};
pub use claims::{Claims, LIFETIME};
pub use interval::Interval;
#[cfg(feature = "mint")]
pub use minter::{MintError, Minter};
pub use project_id::{InvalidProjectId, ProjectId};
#[cfg(feature = "mint")]
pub use signing_secret::{SigningSecret, WeakSigningSecret};
pub use token::Token;
pub use traits::Traits;
