//! The documents, held to the code they show: each block to the file it is cut from, each page to
//! what it promises.

mod block;
mod judge;
mod leptos;
mod project;
mod running;
mod rust;
mod sources;
mod troubleshooting;

use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
