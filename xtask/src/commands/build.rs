//! `build`: both halves in release, and the bytes of the first load.

use std::path::Path;
use std::process::Command;

use crate::budget::FirstLoad;
use crate::failure::Failure;
use crate::process::run;
use crate::tools::Tools;

/// Where trunk leaves the browser's half, as Trunk.toml says.
const STATIC_FILES: &str = "dist";

/// Leaves `release/server` and `release/sandbox` in the target directory and the browser's half in
/// `dist`.
pub(crate) fn build() -> Result<(), Failure> {
    let tools = Tools::for_building()?;
    println!("Building the browser's half in release: about 2 minutes the first time.");
    run(trunk(&tools).args(["build", "--release", "--locked"]))?;
    println!("Building the server and the sandbox in release: about 4 minutes the first time.");
    // Together, so that what they share is compiled once.
    run(Command::new("cargo").args([
        "build",
        "--release",
        "--locked",
        "--package",
        "server",
        "--package",
        "sandbox",
    ]))?;
    let first_load = FirstLoad::read(Path::new(STATIC_FILES))?;
    println!("\n{first_load}");
    first_load.within_budget()
}

/// `trunk` with its helpers at hand, and silent about newer versions of itself.
pub(crate) fn trunk(tools: &Tools) -> Command {
    let mut command = tools.command("trunk");
    // trunk takes NO_COLOR for a flag of its own and refuses the usual value 1.
    command
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    command
}
