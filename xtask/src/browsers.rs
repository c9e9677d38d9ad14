//! The tests in real browsers: what they need, and how they are started.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fallback;
use crate::process::{output_of, run};
use crate::tools;
use crate::workspace::target_directory;
use anyhow::Result;
use which::which_all;

/// npm and npx by the names under which each system can start them.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const NPX: &str = if cfg!(windows) { "npx.cmd" } else { "npx" };

const CHROMIUM: &str = "chromium,chromium-browser,google-chrome,google-chrome-stable";

/// By name, and where its makers' own installers put it on the other systems.
const FIREFOX: &str = "firefox,firefox-esr,/Applications/Firefox.app/Contents/MacOS/firefox,\
                       C:\\Program Files\\Mozilla Firefox\\firefox.exe";

/// Installs what package-lock.json names, unless it is there, and checks the types: Playwright runs
/// TypeScript without doing so. The few tests that need no browser come with it.
pub(crate) fn check_types() -> Result<()> {
    let written = |file: &str| fs::metadata(Path::new("end2end").join(file))?.modified();
    // npm writes this last, so it is there only after a complete installation.
    let installed = written("node_modules/.package-lock.json");
    if !installed.is_ok_and(|at| written("package-lock.json").is_ok_and(|locked| at >= locked)) {
        let mut install = Command::new(NPM);
        install.args(["ci", "--no-fund", "--no-audit"]);
        run(install.current_dir("end2end"))?;
    }
    run(&mut npx("tsc"))?;
    run(Command::new("node").args(["--test", "frontend/hooks/"]))
}

/// The browser tests of this configuration of Playwright, or what `filter` names of them.
pub(crate) fn browser_tests(config: &str, filter: &[String]) -> Result<()> {
    let mut playwright = npx("playwright");
    playwright.args(["test", "--config", config]).args(filter);
    playwright.env("CARGO_TARGET_DIR", target_directory()?);
    if config == "playwright.config.ts" {
        // Playwright drives only a Firefox of its own, so this one is driven by Puppeteer.
        let firefox = fallback::firefox(|| found("FIREFOX", FIREFOX))?;
        playwright.env("FIREFOX_PATH", firefox);
    }
    run(in_chromium(&mut playwright)?)
}

/// The tests of a crate that is made for browsers.
pub(crate) fn wasm_tests(package: &str) -> Result<()> {
    let mut node = tools::command("node")?;
    node.args(["xtask/src/browser-tests.mjs", package]);
    run(in_chromium(&mut node)?)
}

/// Tells a command which Chromium to use, unless it is the one of Playwright.
fn in_chromium(command: &mut Command) -> Result<&mut Command> {
    let find = || found("CHROMIUM", CHROMIUM);
    let mut install = npx("playwright");
    install.args("install --with-deps --no-shell chromium".split(' '));
    Ok(match find() {
        Some(browser) => command.env("CHROMIUM_PATH", browser),
        None if run(&mut install).is_ok() => command,
        None => command.env("CHROMIUM_PATH", fallback::chromium(find)?),
    })
}

/// A program of end2end's packages.
fn npx(program: &str) -> Command {
    let mut command = Command::new(NPX);
    command.arg(program).current_dir("end2end");
    command
}

/// What this variable points at, if it is set, else the first of these programs that starts.
fn found(variable: &str, programs: &str) -> Option<PathBuf> {
    let chosen = env::var_os(variable).map(PathBuf::from);
    let mut on_path = programs.split(',').flat_map(which_all).flatten();
    chosen.or_else(|| on_path.find(|path| starts(path)))
}

/// Some systems have a `chromium-browser` that only says where to get one, so being there is not
/// enough. Chrome on Windows opens a window when asked for its version.
fn starts(path: &Path) -> bool {
    path.is_file() && (cfg!(windows) || output_of(Command::new(path).arg("--version")).is_some())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_only_fails_is_not_a_browser() {
        let refuses_the_flag = env::current_exe().unwrap();
        let fails = refuses_the_flag.to_str().unwrap();
        assert!(refuses_the_flag.is_file() && !starts(&refuses_the_flag));
        let programs = format!("{fails},no-such-program,cargo,rustc");
        let found = found("NO_SUCH_BROWSER", &programs).unwrap();
        assert_eq!(found.file_name().unwrap(), "cargo");
    }
}
