//! What only PostgreSQL can show: outages, round trips, connections that are cut.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod outage;
mod round_trips;
#[path = "../accounts/support.rs"]
#[expect(dead_code, reason = "the other tests use the rest of it")]
mod support;
