//! `check`: format, lints, documentation, the rules of deny.toml, and known vulnerabilities.

use std::process::Command;

use crate::browsers::check_types;
use crate::process::run;
use crate::tools;
use crate::workspace::{BROWSER, IN_THE_BROWSER, NATIVE, cargo};
use anyhow::Result;

/// Everything that can be said about the code without running it.
pub(crate) fn check() -> Result<()> {
    check_form()?;
    check_code()?;
    println!("Now known vulnerabilities, by the RustSec database, which is fetched.");
    // Where it cannot be fetched this fails: a check that could not run has not passed.
    run(tools::command("cargo-deny")?.args(["--locked", "check", "advisories"]))
}

/// What takes seconds and needs nothing installed: format and types.
pub(crate) fn check_form() -> Result<()> {
    run(Command::new("cargo").args(["fmt", "--all", "--check"]))?;
    check_types()
}

/// The rest without vulnerabilities: what other people find tomorrow says nothing about whether a
/// commit works.
pub(crate) fn check_code() -> Result<()> {
    tools::ensure_for_checking()?;
    // What rustfmt leaves alone: the inside of `view!`.
    let mut views = tools::command("leptosfmt")?;
    run(views.args(["--check", "--quiet", "app", "examples", "frontend", "reqio"]))?;
    let strictly = ["--all-targets", "--", "--deny", "warnings"];
    for what in NATIVE {
        run(cargo("clippy", what).args(strictly))?;
        // There are no examples in cargo's sense. Asking for them has it take the features of the
        // tests, and so what clippy has looked at already.
        let mut doc = cargo("doc", what);
        doc.args(["--no-deps", "--lib", "--bins", "--examples"]);
        run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    }
    for what in IN_THE_BROWSER {
        let mut clippy = cargo("clippy", &["--target", BROWSER]);
        run(clippy.args(what.split_whitespace()).args(strictly))?;
    }
    let mut deny = tools::command("cargo-deny")?;
    deny.args(["--locked", "check", "licenses", "bans", "sources"]);
    // A reason that no crate needs any more is an error, so that the list of second versions stays
    // true.
    run(deny.args(["--deny", "unmatched-skip", "--deny", "unmatched-skip-root"]))
}

/// Compiles everything for Windows, which is where nobody here works, by the C compiler mingw.
pub(crate) fn check_windows() -> Result<()> {
    const WINDOWS: &str = "x86_64-pc-windows-gnu";
    let strictly = ["--target", WINDOWS, "--", "--deny", "warnings"];
    run(cargo("clippy", &["--workspace"]).args(strictly))
}
