//! Accounts and sessions, against a real database file.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod contention;
mod demo;
mod inspection;
#[cfg(unix)]
mod lost_file;
mod passwords;
mod session_limits;
mod sessions;
mod support;
