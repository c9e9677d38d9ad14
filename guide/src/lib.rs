//! The pieces people take home, cut from code that compiles.
//!
//! Nothing here is written twice. Every piece is cut, along markers, from a file that is compiled
//! and tested: from this repository's own app, or from the examples beside this crate, which the
//! documents show and whose tests build them from an empty directory.
#![forbid(unsafe_code)]

mod cut;
// Their commands are for a POSIX shell.
#[cfg(test)]
#[cfg(unix)]
mod documents;
mod fill;
mod snippets;

pub use snippets::{Snippet, snippets};
