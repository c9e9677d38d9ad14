//! The crates of `reqio/` without this repository around them, as whoever depends on them has them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::matrix::{BROWSER, IN_THE_BROWSER};
use crate::process::run;
use crate::tools::target_directory;

const CRATES: [&str; 4] = ["identity", "lifecycle", "browser", "leptos"];

/// Packs each crate and builds it from its package; then builds and tests copies of them, and
/// compiles copies of the examples against those, in a directory of their own.
pub(crate) fn test() -> Result<(), Failure> {
    let target = absolute(&target_directory())?;
    let mut package = Command::new("cargo");
    package.args(["package", "--locked", "--allow-dirty"]);
    for name in CRATES {
        package.args(["--package", &format!("reqio-{name}")]);
    }
    run(package.env("CARGO_TARGET_DIR", &target))?;

    let elsewhere = tempfile::tempdir().map_err(failed)?;
    for room in ["reqio", "examples"] {
        copy(Path::new(room), &elsewhere.path().join(room)).map_err(failed)?;
    }
    for name in CRATES {
        let directory = elsewhere.path().join("reqio").join(name);
        run(&mut cargo("test", &directory, &target)?)?;
    }
    for what in IN_THE_BROWSER {
        let Some(example) = what.iter().find_map(|word| word.strip_prefix("example-")) else {
            continue;
        };
        let directory = elsewhere.path().join("examples").join(example);
        let mut check = cargo("check", &directory, &target)?;
        run(check.args(["--target", BROWSER]).args(what))?;
    }
    Ok(())
}

/// `cargo <subcommand>` there, with the versions that are locked here and what is built already.
fn cargo(subcommand: &str, directory: &Path, target: &Path) -> Result<Command, Failure> {
    fs::copy("Cargo.lock", directory.join("Cargo.lock")).map_err(failed)?;
    let mut command = Command::new("cargo");
    command
        .arg(subcommand)
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", target);
    Ok(command)
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(failed)
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

fn failed(error: io::Error) -> Failure {
    Failure::Other(format!("cannot copy what is to be tested alone: {error}"))
}
