//! The server from outside: what it answers, to whom, and what it refuses.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bounds;
mod contract;
mod cross_site;
mod cross_site_routes;
mod faults;
mod headers;
mod housekeeping;
mod journey;
mod limits;
mod malformed;
mod random_input;
mod real_mode;
mod server_rendered;
mod sessions;
mod several_servers;
#[expect(dead_code, reason = "some of it only the tests in `program` need")]
#[path = "../support/mod.rs"]
mod support;
mod this_machine;
mod unavailable;
