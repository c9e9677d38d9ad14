//! The tests in a real browser: what they need, and how they are started.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::chromium::{self, NPX};
use crate::failure::Failure;
use crate::process::run;
use crate::tools::{NPM, Tools};

const DIRECTORY: &str = "end2end";

/// Installs what package-lock.json names, unless it is there, and checks the types: Playwright runs
/// TypeScript without doing so. The few tests that need no browser come with it.
pub(crate) fn check_types() -> Result<(), Failure> {
    let directory = Path::new(DIRECTORY);
    let Some(locked) = modified(&directory.join("package-lock.json")) else {
        return Err(Failure::Other(
            "There are no browser tests: end2end/package-lock.json is missing.".into(),
        ));
    };
    // npm writes this file last, so it is there only after a complete installation.
    let is_installed = modified(&directory.join("node_modules/.package-lock.json"))
        .is_some_and(|installed| installed >= locked);
    if !is_installed {
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
    pub(crate) fn ensure() -> Result<Self, Failure> {
        chromium::ensure().map(Self)
    }

    /// Playwright with this configuration, and only what `filter` names.
    pub(crate) fn playwright(&self, config: &str, filter: &[String]) -> Result<(), Failure> {
        let mut playwright = Command::new(NPX);
        playwright.args(["playwright", "test", "--config", config]);
        self.run(playwright.args(filter).current_dir(DIRECTORY))
    }

    /// The tests of a crate that is made for browsers.
    pub(crate) fn wasm_tests(&self, package: &str, tools: &Tools) -> Result<(), Failure> {
        let mut node = tools.command("node");
        self.run(node.args(["xtask/src/browser-tests.mjs", package]))
    }

    fn run(&self, command: &mut Command) -> Result<(), Failure> {
        run(command.env("CHROMIUM_PATH", &self.0))
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .ok()
}
