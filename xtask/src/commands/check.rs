//! `check`: format, lints and the rules of deny.toml.

use std::process::Command;

use crate::failure::Failure;
use crate::matrix::UNITS;
use crate::process::run;
use crate::tools::Tools;

/// Everything that can be said about the code without running it.
pub(crate) fn check() -> Result<(), Failure> {
    run(Command::new("cargo").args(["fmt", "--all", "--check"]))?;
    let tools = Tools::for_checking()?;
    for unit in UNITS {
        run(unit.cargo("clippy").args(["--all-targets", "--", "--deny", "warnings"]))?;
    }
    // Advisories are not among them: they need a database from the network.
    run(tools.command("cargo").args(["deny", "--locked", "check", "licenses", "bans", "sources"]))
}
