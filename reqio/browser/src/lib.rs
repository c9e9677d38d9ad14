//! Keeps [Reqio](https://reqio.app) told who is signed in, for as long as a tab is open: for any
//! WebAssembly app, without a framework. It was not made by Reqio.
//!
//! What you bring is a [`Provider`]: a token for whoever is signed in, and the end of their
//! session. What you get is a [`Client`], which asks for a token, hands it to
//! `window.Reqio.identify`, asks for the next one long before the last expires, and forgets the
//! user when they sign out, here or in another tab. Dropping it stops everything.
//!
//! ```no_run
//! use reqio_browser::{Client, Failure, Identity, Options, Provider};
//!
//! struct Backend;
//!
//! impl Provider for Backend {
//!     async fn token(&self) -> Result<Identity, Failure> {
//!         // POST /api/identity_token, by whatever you fetch with.
//! #       Err(Failure::Unauthorized)
//!     }
//!
//!     async fn end_session(&self, user: &str) -> Result<(), Failure> {
//!         // POST /api/sign_out {"user": "usr_1"}
//! #       Ok(())
//!     }
//! }
//!
//! // The script tag is the one in your page, as Reqio documents it.
//! let reqio = Client::start(Backend, Options::default());
//! // When somebody has signed in on this page:
//! reqio.signed_in("usr_1");
//! ```

mod back_forward_cache;
mod binding;
mod claims;
mod client;
mod clock;
mod driver;
mod notice;
mod options;
mod provider;
mod requests;
mod snapshot;
mod subscribers;
mod tabs;
mod tag;
mod timer;
mod wake;
mod widget;

pub use client::Client;
pub use options::{Observed, Observer, Options};
pub use provider::Provider;
pub use reqio_identity::{Identity, ProjectId, Token, WidgetScript};
pub use reqio_lifecycle::{
    Command, Event, Failure, Fresh, News, Notice, Status, Ticket, Timings, TokenProblem,
    WidgetProblem, WidgetState,
};
pub use snapshot::{HeldToken, Snapshot};
pub use subscribers::Subscription;

/// The README's example is one of this crate, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
