//! Accounts and sessions, against a real database file.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod acquaintances;
mod attempts;
mod contention;
mod demo;
mod inspection;
#[cfg(unix)]
mod lost_file;
mod newer_server;
mod passwords;
mod session_limits;
mod sessions;
mod several_servers;
mod support;
