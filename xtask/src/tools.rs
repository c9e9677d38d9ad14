//! The build tools outside this workspace: used from PATH where their version fits, else installed
//! into `target/tools`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::failure::Failure;
use crate::matrix::BROWSER;
use crate::process::{answer, run};
use crate::version::{Version, Wanted};

/// npm by the name under which each system can start it.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Where Cargo puts what it builds.
pub(crate) fn target_directory() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}

/// A tool: what it is called, which versions do, and how to install one that does.
struct Tool {
    /// What is asked for its version.
    program: Vec<&'static str>,
    wanted: Wanted,
    install: fn(&Tools, Version) -> Command,
    pinned: Version,
    first_time: &'static str,
}

/// The search path under which the tools are found.
pub(crate) struct Tools {
    directory: PathBuf,
    path: OsString,
}

impl Tools {
    /// Makes sure of everything `trunk` needs, so that it finds its helpers and downloads none by
    /// itself.
    pub(crate) fn for_building() -> Result<Self, Failure> {
        add_browser_target()?;
        let tools = Self::on_path()?;
        let lockfile = fs::read_to_string("Cargo.lock")
            .map_err(|error| Failure::Other(format!("cannot read Cargo.lock: {error}")))?;
        let bindgen = Version::in_lockfile(&lockfile, "wasm-bindgen").ok_or_else(|| {
            Failure::Other("Cargo.lock names no wasm-bindgen: is the frontend in it?".into())
        })?;
        tools.ensure(&trunk())?;
        tools.ensure(&wasm_bindgen(bindgen))?;
        tools.ensure(&wasm_opt())?;
        tools.ensure(&esbuild())?;
        Ok(tools)
    }

    /// Makes sure of what the lints and `cargo deny` need.
    pub(crate) fn for_checking() -> Result<Self, Failure> {
        add_browser_target()?;
        let tools = Self::on_path()?;
        tools.ensure(&cargo_deny())?;
        Ok(tools)
    }

    /// A command that finds the tools, and whatever it starts does so too.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        command
    }

    fn on_path() -> Result<Self, Failure> {
        let root = env::current_dir()
            .map_err(|error| Failure::Other(format!("no current directory: {error}")))?;
        let directory = root.join(target_directory()).join("tools");
        let own = [
            directory.join("bin"),
            directory.join("node_modules").join(".bin"),
        ];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).map_err(
            |error| {
                Failure::Other(format!(
                    "cannot put {} on PATH: {error}",
                    directory.display()
                ))
            },
        )?;
        Ok(Self { directory, path })
    }

    fn ensure(&self, tool: &Tool) -> Result<(), Failure> {
        if self.fits(tool) {
            return Ok(());
        }
        let (name, version) = (tool.program.join(" "), tool.pinned);
        println!(
            "Installing {name} {version} into {}: {}.",
            self.directory.display(),
            tool.first_time
        );
        run(&mut (tool.install)(self, version))?;
        if self.fits(tool) {
            return Ok(());
        }
        Err(Failure::Other(format!(
            "{name} {version} was installed but does not run: try `{name} --version`."
        )))
    }

    fn fits(&self, tool: &Tool) -> bool {
        let mut command = self.command(tool.program[0]);
        command.args(&tool.program[1..]).arg("--version");
        answer(&mut command)
            .and_then(|text| Version::in_text(&text))
            .is_some_and(|version| tool.wanted.fits(version))
    }

    fn cargo_install(&self, package: &str, version: Version) -> Command {
        let mut command = Command::new("cargo");
        command
            .args([
                "install",
                package,
                "--version",
                &version.to_string(),
                "--root",
            ])
            .arg(&self.directory);
        command
            .arg("--target-dir")
            .arg(self.directory.join("build"));
        // They build the same page either way, and are themselves built in a third of the time.
        command
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off");
        command
    }

    fn npm_install(&self, package: &str, version: Version) -> Command {
        let mut command = Command::new(NPM);
        command
            .args(["install", "--no-fund", "--no-audit", "--prefix"])
            .arg(&self.directory);
        command.arg(format!("{package}@{version}"));
        command
    }
}

fn trunk() -> Tool {
    // Not 0.22, which needs a newer Rust to build; where it is installed, it will do.
    let pinned = Version([0, 21, 14]);
    Tool {
        program: vec!["trunk"],
        wanted: Wanted::Between(pinned, Version([0, 23, 0])),
        install: |tools, version| {
            let mut command = tools.cargo_install("trunk", version);
            command.arg("--locked");
            command
        },
        pinned,
        first_time: "about 3 minutes on two cores, once",
    }
}

/// Its output must match the library in the wasm file, hence exactly the version of Cargo.lock.
fn wasm_bindgen(locked: Version) -> Tool {
    Tool {
        program: vec!["wasm-bindgen"],
        wanted: Wanted::Exactly(locked),
        install: |tools, version| tools.cargo_install("wasm-bindgen-cli", version),
        pinned: locked,
        first_time: "about 1 minute on two cores, once",
    }
}

fn wasm_opt() -> Tool {
    // As in Trunk.toml and in frontend/hooks/tools.mjs.
    let pinned = Version([132, 0, 0]);
    Tool {
        program: vec!["wasm-opt"],
        wanted: Wanted::Exactly(pinned),
        install: |tools, version| tools.npm_install("binaryen", version),
        pinned,
        first_time: "some seconds, once",
    }
}

fn esbuild() -> Tool {
    // As in frontend/hooks/tools.mjs.
    let pinned = Version([0, 28, 2]);
    Tool {
        program: vec!["esbuild"],
        wanted: Wanted::Exactly(pinned),
        install: |tools, version| tools.npm_install("esbuild", version),
        pinned,
        first_time: "some seconds, once",
    }
}

fn cargo_deny() -> Tool {
    let pinned = Version([0, 20, 2]);
    Tool {
        program: vec!["cargo", "deny"],
        wanted: Wanted::AtLeast(pinned),
        install: |tools, version| {
            let mut command = tools.cargo_install("cargo-deny", version);
            command.arg("--locked");
            command
        },
        pinned,
        first_time: "about 3 minutes on two cores, once",
    }
}

fn add_browser_target() -> Result<(), Failure> {
    let libraries =
        answer(Command::new("rustc").args(["--print", "target-libdir", "--target", BROWSER]));
    if libraries.is_some_and(|directory| Path::new(&directory).is_dir()) {
        return Ok(());
    }
    if answer(Command::new("rustup").arg("--version")).is_none() {
        let sentence = format!(
            "This Rust has no {BROWSER} target and there is no rustup to add it: install both."
        );
        return Err(Failure::Other(sentence));
    }
    println!("Adding the {BROWSER} target to this Rust: some seconds, once.");
    run(Command::new("rustup").args(["target", "add", BROWSER]))
}
