//! The crates of `reqio/` without this repository around them, as whoever depends on them has them.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::examples::{EXAMPLES, Example};
use crate::matrix::BROWSER;
use crate::process::run;
use crate::tools::target_directory;
use anyhow::Result;

const CRATES: [&str; 4] = ["identity", "lifecycle", "browser", "leptos"];

/// Packs each crate and builds it from its package; then builds and tests copies of them, and
/// compiles copies of the examples against those, in a directory of their own.
pub(crate) fn test() -> Result<()> {
    let target = std::path::absolute(target_directory())?;
    let mut package = Command::new("cargo");
    package.args(["package", "--locked", "--allow-dirty"]);
    for name in CRATES {
        package.args(["--package", &format!("reqio-{name}")]);
    }
    run(with_what_is_built(&mut package, &target))?;

    let elsewhere = tempfile::tempdir()?;
    for room in ["reqio", "examples"] {
        copy(Path::new(room), &elsewhere.path().join(room))?;
    }
    for name in CRATES {
        let directory = elsewhere.path().join("reqio").join(name);
        run(&mut cargo("test", &directory, &target)?)?;
    }
    for Example { name, browser_half } in EXAMPLES {
        let directory = elsewhere.path().join("examples").join(name);
        if let Some(half) = browser_half {
            let mut check = cargo("check", &directory, &target)?;
            check.args(["--target", BROWSER]);
            run(check.args(half.features.split_whitespace()))?;
        }
        run(&mut cargo("check", &directory, &target)?)?;
    }
    Ok(())
}

/// `cargo <subcommand>` there, with the versions that are locked here and what is built already.
fn cargo(subcommand: &str, directory: &Path, target: &Path) -> Result<Command> {
    fs::copy("Cargo.lock", directory.join("Cargo.lock"))?;
    let mut command = Command::new("cargo");
    command.arg(subcommand).current_dir(directory);
    with_what_is_built(&mut command, target);
    Ok(command)
}

/// Dependencies have no debug information in this workspace, so those of the same features are
/// there.
fn with_what_is_built<'a>(command: &'a mut Command, target: &Path) -> &'a mut Command {
    command
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
}

/// Copies a directory, without what was built in it.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "dist" || name == "target" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
