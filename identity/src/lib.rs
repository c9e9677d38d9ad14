//! The identity token: who a signed-in user is, as Reqio reads it.
//!
//! Without features this crate is plain data that the browser may hold too: [`Claims`], [`Traits`], [`Cents`],
//! [`Interval`], [`Audience`] and the finished [`Token`]. With the feature `mint` it can also make one:
//! [`SigningSecret`] and [`Minter`]. Only a server turns that feature on, so that code for the browser cannot even
//! name the secret.
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
//! // 990.00 a year, as billed: Reqio divides an annual amount by 12 itself.
//! let traits = Traits { plan: Some("scale".to_owned()), amount: Some(Cents::from(99_000)), interval: Some(Interval::Year) };
//! let token = minter.mint("usr_1", Some("ada@example.com"), traits, SystemTime::now())?;
//! assert_eq!(token.as_str().split('.').count(), 3);
//! # Ok(())
//! # }
//! ```
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
