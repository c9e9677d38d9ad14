//! Addresses for servers that are started again at the same address.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::atomic::{AtomicU16, Ordering::Relaxed},
};

/// How many ports each process has.
const PORTS: u16 = 250;

/// A free address on this machine that no other test gets, even while nobody listens there.
///
/// The system gives out ports from 32768 on. These are below: each process has a range of its own
/// by its id, and each call takes the next one.
///
/// # Errors
/// When all ports of this process are taken.
pub fn own_addr() -> io::Result<SocketAddr> {
    static TAKEN: AtomicU16 = AtomicU16::new(0);

    let process = u16::try_from(std::process::id() % 40).map_err(io::Error::other)?;
    let ports = (0..PORTS).map(|_| 20_000 + process * PORTS + TAKEN.fetch_add(1, Relaxed) % PORTS);
    let mut addrs = ports.map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    addrs
        .find(|addr| TcpListener::bind(addr).is_ok())
        .ok_or_else(|| io::ErrorKind::AddrInUse.into())
}
