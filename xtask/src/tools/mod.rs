//! The build tools outside this workspace: used from PATH where their version fits, else installed
//! into `target/tools`.

mod pinned;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::matrix::BROWSER;
use crate::process::{answer, run};
use crate::steps::{self, Step};
use anyhow::{Context, Result, bail};
use pinned::{Tool, cargo_deny, leptosfmt, trunk, version_in, wasm_bindgen};
use which::which;

/// npm by the name under which each system can start it.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Where Cargo puts what it builds.
pub(crate) fn target_directory() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}

/// The search path under which the tools are found.
pub(crate) struct Tools {
    directory: PathBuf,
    path: OsString,
}

impl Tools {
    /// Makes sure of everything `trunk` needs, so that it finds its helpers and downloads none by
    /// itself.
    pub(crate) fn for_building() -> Result<Self> {
        let tools = Self::on_path()?;
        steps::run_all(tools.missing_for_building()?)?;
        Ok(tools)
    }

    /// Makes sure of what formats views and judges dependencies, and of what the lints need.
    pub(crate) fn for_checking() -> Result<Self> {
        let tools = Self::on_path()?;
        steps::run_all(tools.missing([leptosfmt(), cargo_deny()]))?;
        Ok(tools)
    }

    /// A step for each thing that building needs and that is not there yet.
    pub(crate) fn missing_for_building(&self) -> Result<Vec<Step<'_>>> {
        let package = answer(Command::new("cargo").args(["pkgid", "wasm-bindgen"]));
        let version = package.and_then(|package| version_in(&package));
        let version = version.context("Cargo.lock names no wasm-bindgen")?;
        Ok(self.missing([trunk(), wasm_bindgen(version)]))
    }

    fn missing<const N: usize>(&self, tools: [Tool; N]) -> Vec<Step<'_>> {
        let missing = tools.into_iter().filter(|tool| !self.fits(tool));
        let installing = missing.map(|tool| Step {
            what: format!("installing {} {}", tool.program.join(" "), tool.pinned),
            seconds: tool.seconds,
            work: Box::new(move || self.install(&tool)),
        });
        target(BROWSER).into_iter().chain(installing).collect()
    }

    /// A command that finds the tools, and whatever it starts does so too.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        command
    }

    /// The tools, whether they are there or not.
    pub(crate) fn on_path() -> Result<Self> {
        let directory = std::path::absolute(target_directory())?.join("tools");
        let inherited = env::var_os("PATH").unwrap_or_default();
        let own = std::iter::once(directory.join("bin"));
        let path = env::join_paths(own.chain(env::split_paths(&inherited)))
            .with_context(|| format!("cannot put {} on PATH", directory.display()))?;
        Ok(Self { directory, path })
    }

    fn install(&self, tool: &Tool) -> Result<()> {
        // Where a prebuilt one can be had, nothing is compiled.
        if !self.can_be_fetched(tool) || !self.fits(tool) {
            self.compile(tool)?;
        }
        if self.fits(tool) {
            return Ok(());
        }
        let (name, version) = (tool.program.join(" "), &tool.pinned);
        bail!("{name} {version} was installed but does not run: try `{name} --version`.")
    }

    /// Whether `cargo binstall` is on this machine and finds it.
    fn can_be_fetched(&self, tool: &Tool) -> bool {
        let mut fetch = self.cargo("binstall", tool);
        fetch.args(["--no-confirm", "--disable-strategies", "compile"]);
        which("cargo-binstall").is_ok() && run(&mut fetch).is_ok()
    }

    fn compile(&self, tool: &Tool) -> Result<()> {
        let mut install = self.cargo("install", tool);
        let build = self.directory.join("build");
        install.arg("--target-dir").arg(build);
        if tool.locked {
            install.arg("--locked");
        }
        // They build the same page either way, and are themselves built in a third of the time.
        install
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off");
        run(&mut install)
    }

    /// What puts exactly this version into `target/tools`.
    fn cargo(&self, subcommand: &str, tool: &Tool) -> Command {
        let mut command = Command::new("cargo");
        command.args([subcommand, tool.package]);
        command.args(["--version", &tool.pinned.to_string()]);
        command.arg("--root").arg(&self.directory);
        command
    }

    fn fits(&self, tool: &Tool) -> bool {
        let mut command = self.command(tool.program[0]);
        command.args(&tool.program[1..]).arg("--version");
        answer(&mut command)
            .and_then(|text| version_in(&text))
            .is_some_and(|version| tool.fits(&version))
    }
}

/// A step that adds a target to this Rust, unless it is there.
pub(crate) fn target(target: &'static str) -> Option<Step<'static>> {
    let libraries =
        answer(Command::new("rustc").args(["--print", "target-libdir", "--target", target]));
    if libraries.is_some_and(|directory| Path::new(&directory).is_dir()) {
        return None;
    }
    Some(Step {
        what: format!("adding the target {target} to this Rust"),
        seconds: 5,
        work: Box::new(move || {
            if which("rustup").is_err() {
                bail!(
                    "This Rust has no target {target} and there is no rustup to add it: install \
                     both."
                );
            }
            run(Command::new("rustup").args(["target", "add", target]))
        }),
    })
}
