//! The documents of this folder, followed as a reader would: what they show is what works.
// Their commands are for a POSIX shell.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod block;
mod judge;
mod leptos;
mod project;
mod running;
mod rust;
mod sources;
mod troubleshooting;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A document's text.
fn document(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap()
}
