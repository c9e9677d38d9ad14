//! `build`: both halves in release, brotli copies beside the static files, and the bytes of the
//! first load.

use std::env;
use std::path::{Path, PathBuf};
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
    run(tools
        .command("node")
        .args(["xtask/src/shorten.mjs", STATIC_FILES]))?;
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
    run(Command::new("node").args(["xtask/src/compress.mjs", STATIC_FILES]))?;
    let first_load = FirstLoad::read(Path::new(STATIC_FILES))?;
    println!("\n{first_load}");
    first_load.within_budget()
}

/// `trunk` with its helpers at hand, and silent about newer versions of itself.
///
/// What it builds is sent to visitors, and panic messages name source files: without the place
/// where Cargo keeps them, which would tell who built it, and where.
pub(crate) fn trunk(tools: &Tools) -> Command {
    let mut command = tools.command("trunk");
    // trunk takes NO_COLOR for a flag of its own and refuses the usual value 1.
    command
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    if let Some(home) = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
    {
        let sources = home.join("registry").join("src");
        command.env(
            "CARGO_ENCODED_RUSTFLAGS",
            format!("--remap-path-prefix={}=", sources.display()),
        );
    }
    command
}
