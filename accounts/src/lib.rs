//! Who may sign in: users, what they pay, their passwords and their sessions.
//!
//! This crate is the part to replace with your own: whatever in your product answers "which user is
//! this request from, and what do they pay?". It owns the database, SQLite or PostgreSQL, and knows
//! nothing of HTTP. Of Reqio it knows what to say of a user, in `subject.rs`.
//!
//! One sign-in, in reading order: `sign_in.rs`, `rate_limit.rs`, `password_hasher.rs`,
//! `session.rs`.
#![forbid(unsafe_code)]

mod accounts;
mod billing;
mod credentials;
mod database;
mod database_url;
mod demo;
mod error;
mod password_hasher;
mod purge;
mod rate_limit;
mod session;
mod session_lookup;
mod sign_in;
mod sign_up;
mod subject;
mod token;
mod user;

pub use accounts::Accounts;
pub use billing::Billing;
pub use credentials::{EmailAddress, FullName, InvalidCredential, Password};
pub use database::OpenError;
pub use database_url::{DatabaseUrl, InvalidDatabaseUrl};
pub use error::Error;
pub use session::{ABSOLUTE_LIMIT, IDLE_LIMIT};
pub use sign_in::{Client, SignedIn};
pub use sign_up::NewUser;
pub use token::{DeviceToken, SessionToken};
pub use user::{Mode, User, UserId};
