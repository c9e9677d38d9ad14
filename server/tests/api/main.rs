//! The server from outside: what it answers, to whom, what it refuses, and how it starts and stops.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bounds;
mod change_password;
mod check_command;
mod contract;
mod crash;
mod cross_site;
mod cross_site_routes;
mod environment;
mod faults;
mod headers;
mod housekeeping;
mod journey;
mod limits;
mod log;
mod lost_disk;
mod malformed;
mod memory;
mod policy_reports;
mod random_input;
mod readiness;
mod real_mode;
mod secrets;
mod server_rendered;
mod sessions;
mod several_servers;
mod soak;
mod start;
mod static_files;
mod stop;
mod support;
mod token_command;
mod unavailable;
