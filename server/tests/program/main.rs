//! The program `server`, started as anybody starts it: how it begins and ends, and what it
//! survives.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod check_command;
mod crash;
mod elsewhere;
mod environment;
mod full_disk;
mod log;
mod readiness;
mod secrets;
mod several_servers;
mod soak;
mod start;
mod static_files;
mod stop;
#[expect(
    dead_code,
    unused_imports,
    reason = "some of it only the tests in `api` need"
)]
#[path = "../support/mod.rs"]
mod support;
mod token_command;
