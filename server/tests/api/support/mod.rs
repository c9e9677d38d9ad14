//! What every test needs: an app of its own, visitors to it, and the server as a process.

mod answer;
mod app;
mod dist;
mod process;
mod raw;
mod token;
mod visitor;

use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

pub(crate) use answer::Answer;
pub(crate) use app::{App, https};
pub(crate) use dist::Dist;
pub(crate) use process::Process;
pub(crate) use raw::Connection;
pub(crate) use token::{claims, header, verify};
pub(crate) use visitor::Visitor;

/// How long a test waits for something that must happen. Only one that fails waits this long.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Every server function.
pub(crate) const ENDPOINTS: [&str; 9] = [
    "session",
    "sign_in",
    "sign_up",
    "sign_out",
    "identity_token",
    "change_plan",
    "change_password",
    "lessons",
    "switch_fault",
];

/// What a visitor signs up with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// An address that nobody else gets meanwhile. The system chooses ports from 32768 on; each test of
/// this process takes another one below, and each process begins elsewhere.
pub(crate) fn own_addr() -> String {
    static TAKEN: AtomicU16 = AtomicU16::new(0);

    let start = u16::try_from(std::process::id() % 100).unwrap() * 100;
    let mut ports = (0..100).map(|_| 20_000 + start + TAKEN.fetch_add(1, Relaxed) % 100);
    let is_free = |port: &u16| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let port = ports.find(is_free).unwrap();
    format!("127.0.0.1:{port}")
}
