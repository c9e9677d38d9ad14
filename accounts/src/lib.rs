//! Who may sign in: users, their billing record, their password and their sessions.
//!
//! This crate is the part to replace with your own: whatever in your product answers "which user is
//! this request from, and what do they pay?". Nothing else here depends on how it does that. It
//! owns the database and knows nothing of HTTP. Of Reqio it knows what to say of a user, in
//! `subject.rs`: the one line between your users and their tokens.
#![forbid(unsafe_code)]

mod attempts;
mod billing;
mod change_password;
mod credentials;
mod database;
mod database_file;
mod demo;
mod engine;
mod error;
mod hashing_threads;
mod hex;
mod housekeeping;
mod inspection;
mod invisible;
mod network;
mod password_hasher;
mod schema;
mod session;
mod session_lookup;
mod session_token;
mod settings;
mod sign_in;
mod sign_up;
mod subject;
mod timestamp;
mod user;

pub use attempts::Attempts;
pub use billing::Billing;
pub use credentials::{EmailAddress, FullName, InvalidCredential, Password};
pub use database::{Accounts, OpenError};
pub use demo::DemoCustomers;
pub use error::Error;
pub use inspection::DatabaseState;
pub use network::Width;
pub use password_hasher::Standing;
pub use session::{ABSOLUTE_LIMIT, IDLE_LIMIT};
pub use session_token::SessionToken;
pub use settings::{DatabaseSettings, DatabaseUrl, InvalidDatabaseUrl};
pub use sign_in::SignedIn;
pub use sign_up::NewUser;
pub use user::{User, UserId};
