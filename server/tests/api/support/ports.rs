//! Addresses for servers that are told where to listen.

use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

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
