//! The build tools outside this workspace: used from PATH where their version fits, else compiled
//! into `tools` in the target directory, once.

use std::env;
use std::iter;
use std::process::Command;

use crate::fallback;
use crate::process::{output_of, run};
use crate::workspace::target_directory;
use anyhow::{Context, Result, ensure};
use semver::{Version, VersionReq};

/// From 0.22 on its file names are others than `frontend/hooks` knows.
const TRUNK: &str = ">=0.21.14, <0.22";

/// How a debug build for the browser is compiled: wasm-bindgen drops that information anyway, and
/// with line numbers of what runs elsewhere in it, the page would be new after every edit.
pub(crate) const WITHOUT_DEBUG_INFORMATION: (&str, &str) = ("CARGO_PROFILE_DEV_DEBUG", "0");

/// Makes sure of what builds the page. Trunk downloads wasm-bindgen, where it can.
pub(crate) fn ensure_for_the_page() -> Result<()> {
    ensure_tool("trunk", "0.21.14", TRUNK)?;
    if fallback::trunk_can_download() {
        return Ok(());
    }
    ensure_wasm_bindgen()
}

/// Makes sure of what builds the page and the examples, and of the test runner for browsers, which
/// comes with wasm-bindgen.
pub(crate) fn ensure_for_browsers() -> Result<()> {
    ensure_tool("trunk", "0.21.14", TRUNK)?;
    ensure_wasm_bindgen()
}

/// Makes sure of what formats the inside of `view!`, exactly one version since another may format
/// differently, and of what judges dependencies.
pub(crate) fn ensure_for_checking() -> Result<()> {
    ensure_tool("leptosfmt", "0.1.33", "=0.1.33")?;
    ensure_tool("cargo-deny", "0.20.2", ">=0.20.2")
}

/// Its output must match the library in the wasm file, hence exactly the version of Cargo.lock.
fn ensure_wasm_bindgen() -> Result<()> {
    let package = output_of(Command::new("cargo").args(["pkgid", "wasm-bindgen"]));
    let version = package.and_then(|package| version_in(&package));
    let version = version.context("Cargo.lock names no wasm-bindgen")?;
    ensure_tool(
        "wasm-bindgen-cli",
        &version.to_string(),
        &format!("={version}"),
    )
}

/// A command that finds the tools, and whatever it starts does so too.
pub(crate) fn command(program: &str) -> Result<Command> {
    let own = target_directory()?.join("tools").join("bin");
    let inherited = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(iter::once(own).chain(env::split_paths(&inherited)))?;
    let mut command = Command::new(program);
    command.env("PATH", path);
    Ok(command)
}

/// `trunk`, silent about newer versions and the inside of itself.
pub(crate) fn trunk(subcommand: &str) -> Result<Command> {
    let mut trunk = command("trunk")?;
    trunk.arg(subcommand).envs([WITHOUT_DEBUG_INFORMATION]);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // trunk takes NO_COLOR for a flag of its own and refuses the usual value 1.
    trunk.env("RUST_BACKTRACE", "0").env_remove("NO_COLOR");
    Ok(trunk)
}

/// Compiles this version of a package where no accepted one is there: by the versions of
/// dependencies that it was released with, if a mirror of the registry has them.
fn ensure_tool(package: &str, version: &str, accepted: &str) -> Result<()> {
    let program = package.trim_end_matches("-cli");
    let accepted = VersionReq::parse(accepted)?;
    let is_there = || -> Result<bool> {
        let printed = output_of(command(program)?.arg("--version"));
        let version = printed.and_then(|printed| version_in(&printed));
        Ok(version.is_some_and(|version| accepted.matches(&version)))
    };
    if is_there()? {
        return Ok(());
    }
    println!("\nInstalling {package} {version}, once: a minute or two on two cores.");
    let directory = target_directory()?.join("tools");
    let install = |options: &[&str]| {
        let mut install = Command::new("cargo");
        install
            .args(["install", package, "--version", version])
            .args(options);
        install.arg("--root").arg(&directory);
        let build = directory.join("build").join(package); // Two may be compiled at once.
        install.arg("--target-dir").arg(build);
        // They build the same page either way, and are themselves built in a third of the time.
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        run(install.env("CARGO_PROFILE_RELEASE_LTO", "off"))
    };
    if let Err(failure) = install(&["--locked"]) {
        println!(
            "\nwarning: {failure:#}\nwarning: {package} is tried once more with the newest \
             versions of its dependencies, which its makers have not tested"
        );
        install(&[])?;
    }
    let runs = is_there()?;
    ensure!(
        runs,
        "{package} was installed but does not run: try `{program} --version`."
    );
    Ok(())
}

/// The first version in what a tool answers to `--version`, or Cargo when asked for the one it has.
fn version_in(text: &str) -> Option<Version> {
    text.split(|char: char| char.is_whitespace() || "#@".contains(char))
        .find_map(|word| Version::parse(word).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_each_tool_prints() {
        for (printed, version) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-bindgen 0.2.130 (e2a3f7c 2026-05-01)", "0.2.130"),
            ("registry+https://crates.io#wasm-bindgen@0.2.130", "0.2.130"),
            ("file:///work/wasm-bindgen#0.2.130", "0.2.130"),
        ] {
            assert_eq!(version_in(printed).unwrap().to_string(), version);
        }
        for text in ["", "command not found", "1.x", "version 132"] {
            assert_eq!(version_in(text), None, "{text}");
        }
    }

    #[test]
    fn trunk_is_of_a_version_whose_file_names_are_known_here_and_to_trunk_itself() {
        let accepted = VersionReq::parse(TRUNK).unwrap();
        let is_accepted = |version| accepted.matches(&Version::parse(version).unwrap());
        assert!(is_accepted("0.21.14") && is_accepted("0.21.15"));
        assert!(!is_accepted("0.21.13") && !is_accepted("0.22.0"));
        let configuration = include_str!("../../Trunk.toml");
        assert!(configuration.starts_with(&format!("trunk-version = \"{TRUNK}\"\n")));
    }
}
