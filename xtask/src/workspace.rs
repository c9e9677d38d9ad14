//! How this workspace is compiled, so that lints and tests cover all of it and nothing is compiled
//! twice.
//!
//! As a whole it is the server and what surrounds it: where cargo merges the features `csr` and
//! `ssr`, `ssr` wins. What runs in a browser is compiled once more, for its target and with its
//! features alone.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use crate::process::{output_of, run};
use anyhow::{Context, Result};

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

/// Builds a program for development, with the features that `cargo test` gives it, so that what it
/// depends on is compiled once, and says where it is. There are no examples in Cargo's sense, but
/// asking for them makes Cargo use the features of the tests.
pub(crate) fn build_program(name: &str) -> Result<PathBuf> {
    run(&mut cargo(
        "build",
        &["--workspace", "--examples", "--bin", name],
    ))?;
    development_build(name)
}

/// Where Cargo leaves a program that it builds for development.
pub(crate) fn development_build(name: &str) -> Result<PathBuf> {
    let programs = target_directory()?.join("debug");
    Ok(programs.join(format!("{name}{EXE_SUFFIX}")))
}

/// Where Cargo puts what it builds, whichever variable or configuration file says so.
pub(crate) fn target_directory() -> Result<PathBuf> {
    let mut metadata = Command::new("cargo");
    target_directory_by(metadata.args(["metadata", "--format-version=1", "--no-deps"]))
}

fn target_directory_by(metadata: &mut Command) -> Result<PathBuf> {
    let printed = output_of(metadata).context("`cargo metadata` failed")?;
    let metadata: serde_json::Value = serde_json::from_str(&printed)?;
    let directory = metadata["target_directory"].as_str();
    Ok(directory
        .context("`cargo metadata` names no target directory")?
        .into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_built_is_looked_for_where_cargo_puts_it() {
        let directory = tempfile::tempdir().unwrap();
        let package = "[package]\nname = \"empty\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n";
        fs::write(directory.path().join("Cargo.toml"), package).unwrap();
        fs::write(directory.path().join("lib.rs"), "").unwrap();
        let ask = || {
            let mut metadata = Command::new("cargo");
            metadata.args(["metadata", "--format-version=1", "--no-deps"]);
            metadata.current_dir(&directory);
            metadata.env_remove("CARGO_TARGET_DIR");
            metadata.env_remove("CARGO_BUILD_TARGET_DIR");
            metadata
        };
        for variable in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"] {
            let elsewhere = directory.path().join(variable);
            let found = target_directory_by(ask().env(variable, &elsewhere));
            assert_eq!(found.unwrap(), elsewhere);
        }
        let root = directory.path().canonicalize().unwrap();
        assert_eq!(
            target_directory_by(&mut ask()).unwrap(),
            root.join("target")
        );
        fs::create_dir(directory.path().join(".cargo")).unwrap();
        let configuration = "build.target-dir = \"configured\"";
        fs::write(directory.path().join(".cargo/config.toml"), configuration).unwrap();
        assert_eq!(
            target_directory_by(&mut ask()).unwrap(),
            root.join("configured")
        );
    }
}
