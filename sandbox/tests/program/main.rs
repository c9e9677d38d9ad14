//! The program `sandbox`, started as anybody starts it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod running;
mod serving;
mod start;
