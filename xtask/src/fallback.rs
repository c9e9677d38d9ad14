//! What a machine does that may install packages, but may not download programs: behind some
//! firewalls neither GitHub nor the makers of browsers can be reached.
//!
//! There wasm-bindgen, which Trunk would download, is compiled from its crate, and Chromium, which
//! Playwright would download, is Debian's. wasm-opt comes from npm for everybody, as
//! `frontend/hooks` pins it.

use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use crate::packages::found_or_installed;
use anyhow::Result;

/// Whether Trunk can download wasm-bindgen. It could by a proxy, too, of which nothing is known
/// here: then it is compiled all the same.
pub(crate) fn trunk_can_download() -> bool {
    let addresses = "github.com:443".to_socket_addrs();
    let mut addresses = addresses.into_iter().flatten();
    addresses.any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(3)).is_ok())
}

/// Debian's Chromium, which `find` finds once it is installed.
pub(crate) fn chromium(find: impl Fn() -> Option<PathBuf>) -> Result<PathBuf> {
    let what = "Chromium or Chrome, which CHROMIUM may point at,";
    found_or_installed(find, "chromium fonts-liberation", what)
}

/// The Firefox that `find` finds, if need be once Debian's is installed.
pub(crate) fn firefox(find: impl Fn() -> Option<PathBuf>) -> Result<PathBuf> {
    found_or_installed(find, "firefox-esr", "Firefox, which FIREFOX may point at,")
}
