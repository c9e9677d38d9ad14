//! Every way this workspace is compiled, so that lints and tests cover all of them and nothing
//! else.
//!
//! As a whole it is the server and what surrounds it: where cargo merges the features `csr` and
//! `ssr`, `ssr` wins. What runs in a browser is compiled once more, for its target and with its
//! features alone.

use std::process::Command;
use std::thread;

/// The target of what runs in a browser.
pub(crate) const BROWSER: &str = "wasm32-unknown-unknown";

/// What is compiled for this machine, each by one invocation of cargo.
pub(crate) const NATIVE: [&[&str]; 2] = [
    &["--workspace"],
    // Merged with the others it always has `mint`.
    &["--package", "reqio-identity"],
];

/// What is compiled for the browser, where the test harness of this machine does not run: what
/// starts in an empty page, and what goes on with one that a server rendered.
pub(crate) const IN_THE_BROWSER: [&str; 2] = [
    "--package json-post --package app --package frontend \
     --package reqio-browser --package reqio-leptos \
     --package example-plain --package example-leptos-csr \
     --no-default-features --features app/csr,example-leptos-csr/csr",
    "--package example-leptos-hydrate --no-default-features --features hydrate",
];

/// `cargo <subcommand>` for exactly this, with the lockfile as it is.
pub(crate) fn cargo(subcommand: &str, what: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args([subcommand, "--locked"]).args(what);
    command
}

/// `cargo test` for exactly this, to the end though some fail. Twice as many at once as there are
/// cores: most of these tests wait, for a limit to pass or for a program to start.
pub(crate) fn cargo_test(what: &[&str]) -> Command {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut command = cargo("test", what);
    command.arg("--no-fail-fast");
    command.env("RUST_TEST_THREADS", (2 * cores).to_string());
    command
}

/// `cargo <subcommand>` for the browser's target, of words with spaces between them.
pub(crate) fn cargo_for_the_browser(subcommand: &str, what: &str) -> Command {
    let mut command = cargo(subcommand, &["--target", BROWSER]);
    command.args(what.split_whitespace());
    command
}
