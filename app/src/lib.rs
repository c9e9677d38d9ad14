//! The contract of the two halves: the server functions and the types they carry.
//!
//! Built with `csr`, each function is a `fetch` of its endpoint, for the browser. Built with `ssr`,
//! it is the endpoint itself, and the module `backend` holds what it needs. The two features never
//! go together, so build package by package and never with `--workspace` or `--all-features`.
//!
//! Every endpoint has a name of its own (`endpoint = "…"`): the default one carries a hash of the
//! build directory, and halves that were built in two places would not find each other.
//!
//! # Reading order
//!
//! 1. [`session`]: what a page asks first, and [`User`], [`Reqio`] and [`Identity`] in the answer.
//! 2. [`sign_in`], [`sign_up`], [`sign_out`], [`change_password`]: how the answer changes.
//! 3. [`identity_token`]: the token, for whoever the session says is there. It takes no argument,
//!    on purpose.
//! 4. [`change_plan`]: other traits in the next token. [`Plan`] is the price list, in cents.
//! 5. [`ApiError`]: the one error of all of them; [`JsonPost`]: how they travel.
//! 6. [`lessons`] and [`switch_fault`]: for the page's explanation alone; leave them behind.
#![forbid(unsafe_code)]
#![cfg_attr(
    feature = "ssr",
    expect(
        unreachable_pub,
        reason = "the `server` macro writes public items into these private modules"
    )
)]

#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "csr")]
mod browser;
mod change_password;
mod change_plan;
mod demo_customers;
mod error;
mod identity_token;
mod json_post;
mod lessons;
mod password;
mod plan;
mod session;
mod sign_in;
mod sign_out;
mod sign_up;
mod switch_fault;
mod user;

pub use change_password::change_password;
pub use change_plan::change_plan;
pub use demo_customers::{DEMO_CUSTOMERS, DEMO_PASSWORD, DemoCustomer};
pub use error::{ApiError, ErrorCode};
pub use identity_token::{Identity, identity_token};
pub use json_post::JsonPost;
pub use lessons::{Lessons, lessons};
pub use password::Password;
pub use plan::Plan;
pub use session::{Reqio, Session, session};
pub use sign_in::sign_in;
pub use sign_out::sign_out;
pub use sign_up::sign_up;
pub use switch_fault::switch_fault;
pub use user::User;
