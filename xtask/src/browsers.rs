//! The browsers that are tested in: the system's, else Playwright's Chromium, else the
//! distribution's package.
//!
//! The order matters: behind some firewalls a browser cannot be downloaded, while packages can be
//! installed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::packages::{attempt, found_or_installed};
use crate::process::answer;
use anyhow::{Result, bail};
use which::which_all;

/// npx by the name under which each system can start it.
pub(crate) const NPX: &str = if cfg!(windows) { "npx.cmd" } else { "npx" };

const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// By name, and where its makers' own installers put it on the other systems.
const FIREFOX: [&str; 4] = [
    "firefox",
    "firefox-esr",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
];

/// Finds a Chromium or Chrome that starts, or installs one. Playwright must be installed in
/// `end2end` already.
pub(crate) fn chromium() -> Result<PathBuf> {
    let of_the_system = || on_path(&CHROMIUM).find(|path| starts(path));
    let found = chosen("CHROMIUM")?.or_else(of_the_system);
    if let Some(browser) = found.or_else(of_playwright) {
        return Ok(browser);
    }
    println!("No Chromium or Chrome on this machine: installing Playwright's.");
    attempt(
        Command::new(NPX)
            .args(["playwright", "install", "--no-shell", "chromium"])
            .current_dir("end2end"),
    )?;
    if let Some(browser) = of_playwright() {
        return Ok(browser);
    }
    found_or_installed(of_the_system, &["chromium", "fonts-liberation"], || {
        "No browser to test in: install Chromium or Chrome, or point CHROMIUM at one.".into()
    })
}

/// Finds a Firefox that starts, or installs one, for the one test of the whole path in a second
/// engine.
pub(crate) fn firefox() -> Result<PathBuf> {
    if let Some(firefox) = chosen("FIREFOX")? {
        return Ok(firefox);
    }
    let of_the_system = || on_path(&FIREFOX).find(|path| starts(path));
    found_or_installed(of_the_system, &["firefox-esr"], || {
        "No Firefox to test in: install it, or point FIREFOX at one.".into()
    })
}

/// The browser that this variable points at, if it is set.
fn chosen(variable: &str) -> Result<Option<PathBuf>> {
    let chosen = env::var_os(variable).map(PathBuf::from);
    match &chosen {
        Some(path) if !starts(path) => {
            let path = path.display();
            bail!("{variable} is {path}, which does not start as a browser.")
        }
        _ => Ok(chosen),
    }
}

fn of_playwright() -> Option<PathBuf> {
    let question = "console.log(require('@playwright/test').chromium.executablePath())";
    let mut node = Command::new("node");
    node.args(["-e", question]).current_dir("end2end");
    answer(&mut node)
        .map(PathBuf::from)
        .filter(|path| starts(path))
}

/// Where each program in turn is found.
fn on_path(programs: &[&str]) -> impl Iterator<Item = PathBuf> {
    programs.iter().flat_map(which_all).flatten()
}

/// Some systems have a `chromium-browser` that only says where to get one, so being there is not
/// enough. Chrome on Windows opens a window when asked for its version.
fn starts(path: &Path) -> bool {
    path.is_file() && (cfg!(windows) || answer(Command::new(path).arg("--version")).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_come_in_the_order_of_their_names_wherever_they_are() {
        for names in [["cargo", "rustc"], ["rustc", "cargo"]] {
            let mut found: Vec<_> = on_path(&names)
                .map(|path| path.file_stem().unwrap().to_owned())
                .collect();
            found.dedup();
            assert_eq!(found, names);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_only_fails_is_not_a_browser() {
        let refuses_the_flag = env::current_exe().unwrap();
        assert!(refuses_the_flag.is_file() && !starts(&refuses_the_flag));
        assert!(starts(Path::new(env!("CARGO"))));
    }
}
