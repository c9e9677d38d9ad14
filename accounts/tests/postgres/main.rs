//! What only PostgreSQL makes possible: two servers on one database, and a database that goes away.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod outage;
mod round_trips;
mod starting;
mod support;
mod two_servers;
