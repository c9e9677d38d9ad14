//! A Chromium or Chrome for the browser tests: the system's, else Playwright's, else the
//! distribution's package.
//!
//! The order matters: behind some firewalls a browser cannot be downloaded, while packages can be
//! installed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::packages::{self, attempt};
use crate::process::answer;

/// npx by the name under which each system can start it.
pub(crate) const NPX: &str = if cfg!(windows) { "npx.cmd" } else { "npx" };

const PROGRAMS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Finds a browser that starts, or installs one. Playwright must be installed in `end2end` already.
pub(crate) fn ensure() -> Result<PathBuf, Failure> {
    if let Some(chosen) = env::var_os("CHROMIUM").map(PathBuf::from) {
        let refusal = format!(
            "CHROMIUM is {}, which does not start as a browser.",
            chosen.display()
        );
        return if starts(&chosen) {
            Ok(chosen)
        } else {
            Err(Failure::Other(refusal))
        };
    }
    if let Some(browser) = of_the_system().or_else(of_playwright) {
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
    packages::install(&["chromium", "fonts-liberation"])?;
    if let Some(browser) = of_the_system() {
        return Ok(browser);
    }
    Err(Failure::Other(
        "No browser to test in: install Chromium or Chrome, or point CHROMIUM at one.".into(),
    ))
}

fn of_the_system() -> Option<PathBuf> {
    let search_path = env::var_os("PATH").unwrap_or_default();
    on_path(env::split_paths(&search_path).collect()).find(|path| starts(path))
}

/// Where a browser may be: each program in turn, in the order of the search path.
fn on_path(search_path: Vec<PathBuf>) -> impl Iterator<Item = PathBuf> {
    let programs = PROGRAMS.into_iter();
    programs.flat_map(move |program| {
        let directories = search_path.clone().into_iter();
        directories.map(move |directory| directory.join(program))
    })
}

fn of_playwright() -> Option<PathBuf> {
    let question = "console.log(require('@playwright/test').chromium.executablePath())";
    let path = PathBuf::from(answer(
        Command::new("node")
            .args(["-e", question])
            .current_dir("end2end"),
    )?);
    starts(&path).then_some(path)
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
    fn chromium_comes_before_chrome_wherever_they_are() {
        let paths: Vec<_> = on_path(vec!["/usr/bin".into(), "/opt/bin".into()]).collect();
        let place = |path: &str| paths.iter().position(|found| found == Path::new(path));
        assert!(place("/usr/bin/chromium") < place("/opt/bin/chromium"));
        assert!(place("/opt/bin/chromium") < place("/usr/bin/google-chrome"));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_only_fails_is_not_a_browser() {
        let refuses_the_flag = env::current_exe().unwrap();
        assert!(refuses_the_flag.is_file() && !starts(&refuses_the_flag));
        assert!(starts(Path::new(env!("CARGO"))));
    }
}
