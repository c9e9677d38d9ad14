//! `check`: format, lints, documentation, the rules of deny.toml, and known vulnerabilities.

use std::process::Command;

use crate::end2end;
use crate::failure::Failure;
use crate::matrix::{IN_THE_BROWSER, NATIVE, cargo, cargo_for_the_browser};
use crate::process::{answer, run};
use crate::steps;
use crate::tools::{self, Tools};

/// Everything that can be said about the code without running it.
pub(crate) fn check() -> Result<(), Failure> {
    check_code()?;
    println!(
        "Only known vulnerabilities are left to look for, by the RustSec database, which is fetched now."
    );
    // Where it cannot be fetched this fails: a check that could not run has not passed.
    run(Tools::for_checking()?
        .command("cargo")
        .args(["deny", "--locked", "check", "advisories"]))
}

/// The same without vulnerabilities: what other people find tomorrow says nothing about whether a
/// commit works.
pub(crate) fn check_code() -> Result<(), Failure> {
    // What fails soonest comes first.
    run(Command::new("cargo").args(["fmt", "--all", "--check"]))?;
    end2end::check_types()?;
    let tools = Tools::for_checking()?;
    // What rustfmt leaves alone: the inside of `view!`.
    let mut views = tools.command("leptosfmt");
    run(views.args(["--check", "--quiet", "app", "examples", "frontend", "reqio"]))?;
    let strictly = ["--all-targets", "--", "--deny", "warnings"];
    for what in NATIVE {
        run(cargo("clippy", what).args(strictly))?;
        run(cargo("doc", what)
            .arg("--no-deps")
            .env("RUSTDOCFLAGS", "--deny warnings"))?;
    }
    for what in IN_THE_BROWSER {
        run(cargo_for_the_browser("clippy", what).args(strictly))?;
    }
    let mut deny = tools.command("cargo");
    deny.args(["deny", "--locked", "check", "licenses", "bans", "sources"]);
    // A reason that no crate needs any more is an error, so that the list of second versions stays
    // true.
    run(deny.args(["--deny", "unmatched-skip", "--deny", "unmatched-skip-root"]))
}

/// Compiles everything for Windows, which is where nobody here works.
pub(crate) fn check_windows() -> Result<(), Failure> {
    const WINDOWS: &str = "x86_64-pc-windows-gnu";
    if answer(Command::new("x86_64-w64-mingw32-gcc").arg("--version")).is_none() {
        return Err(Failure::Other(
            "There is no C compiler for Windows here: `apt-get install gcc-mingw-w64-x86-64`."
                .into(),
        ));
    }
    steps::run_all(tools::target(WINDOWS).into_iter().collect())?;
    let strictly = ["--target", WINDOWS, "--", "--deny", "warnings"];
    run(cargo("clippy", &["--workspace"]).args(strictly))
}
