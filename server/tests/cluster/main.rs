//! More than one machine: two servers of the release build behind a real nginx, on a real
//! PostgreSQL, set up, updated, broken and mended as docs/deploy.md says.
// Its commands are for a POSIX shell, and 127.0.0.0/8 has many addresses on Linux alone.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod backup;
mod cost;
mod document;
mod files;
mod guesses;
mod journey;
mod killed;
mod outage;
mod pool;
mod proxy;
mod rotation;
mod secret;
mod storm;
#[expect(dead_code, reason = "some of it only other tests need")]
mod support;
mod unit;
mod update;
