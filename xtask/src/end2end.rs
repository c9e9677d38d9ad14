//! The tests in a real browser: what they need, and how they are started.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browsers::{self, NPX};
use crate::matrix::cargo;
use crate::process::run;
use crate::tools::{NPM, Tools};
use anyhow::Result;

const DIRECTORY: &str = "end2end";

/// Installs what package-lock.json names, unless it is there, and checks the types: Playwright runs
/// TypeScript without doing so. The few tests that need no browser come with it.
pub(crate) fn check_types() -> Result<()> {
    let directory = Path::new(DIRECTORY);
    // npm writes the second last, so it is there only after a complete installation.
    let [locked, installed] =
        ["package-lock.json", "node_modules/.package-lock.json"].map(|file| {
            fs::metadata(directory.join(file))
                .and_then(|file| file.modified())
                .ok()
        });
    if locked.is_none() || installed < locked {
        let mut install = Command::new(NPM);
        install.args(["ci", "--no-fund", "--no-audit"]);
        run(install.current_dir(directory))?;
    }
    run(Command::new(NPX).arg("tsc").current_dir(directory))?;
    run(Command::new("node").args(["--test", "frontend/hooks/"]))
}

/// A browser for them.
pub(crate) struct Browser(PathBuf);

impl Browser {
    pub(crate) fn ensure() -> Result<Self> {
        browsers::chromium().map(Self)
    }

    /// The tests of the demo, or what `filter` names of them. One needs a second engine, and one
    /// another version of the server: a debug build, which reads its page where it starts.
    pub(crate) fn demo_tests(&self, filter: &[String]) -> Result<()> {
        run(&mut cargo("build", &["--package", "server"]))?;
        let mut playwright = playwright("playwright.config.ts", filter);
        self.run(playwright.env("FIREFOX_PATH", browsers::firefox()?))
    }

    /// Those of another configuration of Playwright, or what `filter` names of them.
    pub(crate) fn tests(&self, config: &str, filter: &[String]) -> Result<()> {
        self.run(&mut playwright(config, filter))
    }

    /// The tests of a crate that is made for browsers.
    pub(crate) fn wasm_tests(&self, package: &str, tools: &Tools) -> Result<()> {
        let mut node = tools.command("node");
        self.run(node.args(["xtask/src/browser-tests.mjs", package]))
    }

    fn run(&self, command: &mut Command) -> Result<()> {
        run(command.env("CHROMIUM_PATH", &self.0))
    }
}

fn playwright(config: &str, filter: &[String]) -> Command {
    let mut playwright = Command::new(NPX);
    playwright.args(["playwright", "test", "--config", config]);
    playwright.args(filter).current_dir(DIRECTORY);
    playwright
}
