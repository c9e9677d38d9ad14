//! A Chromium or Chrome for the browser tests: the system's, else Playwright's, else the
//! distribution's package.
//!
//! The order matters: behind some firewalls a browser cannot be downloaded, while packages can be
//! installed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process::{answer, run};

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
    if let Some(packages) = PackageManager::allowed() {
        println!("That did not give a browser that starts: installing the distribution's package.");
        attempt(&mut packages.command(&["update"]))?;
        attempt(&mut packages.command(&[
            "install",
            "--yes",
            "--no-install-recommends",
            "chromium",
            "fonts-liberation",
        ]))?;
        if let Some(browser) = of_the_system() {
            return Ok(browser);
        }
    }
    Err(Failure::Other(
        "No browser to test in: install Chromium or Chrome, or point CHROMIUM at one.".into(),
    ))
}

fn of_the_system() -> Option<PathBuf> {
    let directories: Vec<PathBuf> =
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let programs = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .map(|name| env::var_os(name).map(PathBuf::from));
    candidates(
        &directories,
        &programs.into_iter().flatten().collect::<Vec<_>>(),
    )
    .into_iter()
    .find(|path| starts(path))
}

/// Where a browser may be, in the order of preference: the search path, then where macOS and
/// Windows keep applications.
fn candidates(search_path: &[PathBuf], windows_programs: &[PathBuf]) -> Vec<PathBuf> {
    let on_path = PROGRAMS.iter().flat_map(|program| {
        search_path
            .iter()
            .map(move |directory| directory.join(program))
    });
    let macos = ["Chromium", "Google Chrome"]
        .map(|name| PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}")));
    let windows = windows_programs
        .iter()
        .map(|directory| directory.join("Google/Chrome/Application/chrome.exe"));
    on_path.chain(macos).chain(windows).collect()
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
/// enough.
fn starts(path: &Path) -> bool {
    // Chrome on Windows opens a window when asked for its version.
    path.is_file() && (cfg!(windows) || answer(Command::new(path).arg("--version")).is_some())
}

/// Runs one of several ways to the goal: only an interrupt ends the search.
fn attempt(command: &mut Command) -> Result<(), Failure> {
    match run(command) {
        Err(Failure::Interrupted) => Err(Failure::Interrupted),
        Err(failure) => {
            println!("{failure}");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// apt-get, where this user may install packages without being asked for a password.
enum PackageManager {
    AsRoot,
    ThroughSudo,
}

impl PackageManager {
    fn allowed() -> Option<Self> {
        answer(Command::new("apt-get").arg("--version"))?;
        if answer(Command::new("id").arg("-u"))? == "0" {
            return Some(Self::AsRoot);
        }
        answer(Command::new("sudo").args(["--non-interactive", "true"])).map(|_| Self::ThroughSudo)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match self {
            Self::AsRoot => Command::new("apt-get"),
            Self::ThroughSudo => Command::new("sudo"),
        };
        if matches!(self, Self::ThroughSudo) {
            command.args(["--non-interactive", "apt-get"]);
        }
        command.args(arguments);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(search_path: &[&str], installed: &[&str]) -> Option<PathBuf> {
        let search_path: Vec<PathBuf> = search_path.iter().map(PathBuf::from).collect();
        let windows_programs = [PathBuf::from("C:/Programs")];
        let installed = |path: &PathBuf| {
            installed
                .iter()
                .any(|installed| Path::new(installed) == path)
        };
        candidates(&search_path, &windows_programs)
            .into_iter()
            .find(installed)
    }

    #[test]
    fn chromium_on_the_path_comes_before_chrome() {
        let both = ["/usr/bin/google-chrome", "/opt/bin/chromium"];
        assert_eq!(
            found(&["/usr/bin", "/opt/bin"], &both),
            Some("/opt/bin/chromium".into())
        );
    }

    #[test]
    fn the_path_keeps_its_own_order() {
        let both = ["/usr/bin/chromium", "/opt/bin/chromium"];
        assert_eq!(
            found(&["/opt/bin", "/usr/bin"], &both),
            Some("/opt/bin/chromium".into())
        );
    }

    #[test]
    fn an_installed_application_is_found_without_the_path() {
        let macos = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        assert_eq!(found(&["/usr/bin"], &[macos]), Some(macos.into()));
        let windows = "C:/Programs/Google/Chrome/Application/chrome.exe";
        assert_eq!(found(&[], &[windows]), Some(windows.into()));
    }

    #[test]
    fn nothing_is_found_where_nothing_is_installed() {
        assert_eq!(found(&["/usr/bin"], &["/usr/bin/firefox"]), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_only_fails_is_not_a_browser() {
        let refuses_the_flag = env::current_exe().unwrap();
        assert!(refuses_the_flag.is_file() && !starts(&refuses_the_flag));
        assert!(starts(Path::new(env!("CARGO"))));
    }
}
