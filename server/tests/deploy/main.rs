//! docs/deploy.md, followed on this machine: two servers on PostgreSQL behind a real nginx with
//! TLS, backups and the way back.
// The document is for Linux, and only there all of 127.0.0.0/8 are addresses of this machine.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod backup;
#[path = "../../../docs/tests/guides/block.rs"]
mod block;
mod document;
mod guide;
mod nginx;
#[expect(
    dead_code,
    unused_imports,
    reason = "some of it only the tests in `api` and `program` need"
)]
#[path = "../support/mod.rs"]
mod support;
mod unit;
