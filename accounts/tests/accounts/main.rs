//! Accounts, as the server uses them: on SQLite, or on PostgreSQL with `TEST_DATABASE=postgres`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod contention;
mod database;
mod demo;
mod passwords;
mod rate_limits;
mod sessions;
mod several_servers;
mod support;
