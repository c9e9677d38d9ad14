//! `test`: everything that can show this repository to be wrong.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::alone;
use crate::chromium::{self, NPX};
use crate::commands::{build::build, check::check_code, demo::try_out};
use crate::examples::EXAMPLES;
use crate::failure::Failure;
use crate::matrix::{NATIVE, cargo};
use crate::process::{run, run_reading};
use crate::tally::Tally;
use crate::tools::{NPM, Tools};

const BROWSER_TESTS: &str = "end2end";

/// Runs all of it, stops at the first failure, and closes with the number of tests.
pub(crate) fn test() -> Result<(), Failure> {
    let mut tally = Tally::default();
    let outcome = run_all(&mut tally);
    // A run that ended before it could find a failure must not look like one without failures.
    if outcome.is_ok() || tally.failed > 0 {
        println!("\n{tally}");
    }
    outcome?;
    if tally.failed > 0 {
        return Err(Failure::Other(
            "A test passed only when it was tried again.".into(),
        ));
    }
    Ok(())
}

fn run_all(tally: &mut Tally) -> Result<(), Failure> {
    check_code()?;
    for what in NATIVE {
        run_reading(&mut cargo("test", what), |line| tally.add(line))?;
    }
    alone::test(tally)?;
    build()?;
    install_playwright()?;
    // Playwright runs TypeScript without checking it.
    run(Command::new(NPX).args(["tsc"]).current_dir(BROWSER_TESTS))?;
    let browser = chromium::ensure()?;
    let tools = Tools::for_building()?;
    for package in ["json-post", "reqio-browser"] {
        let mut in_a_browser = tools.command("node");
        in_a_browser
            .args(["xtask/src/browser-tests.mjs", package])
            .env("CHROMIUM_PATH", &browser);
        run_reading(&mut in_a_browser, |line| tally.add(line))?;
    }
    for example in EXAMPLES {
        example.build(&tools)?;
    }
    run(&mut cargo("build", &["--package", "sandbox"]))?;
    for config in ["playwright.config.ts", "examples.config.ts"] {
        let mut playwright = Command::new(NPX);
        playwright
            .args(["playwright", "test", "--config", config])
            .current_dir(BROWSER_TESTS)
            .env("CHROMIUM_PATH", &browser);
        run_reading(&mut playwright, |line| tally.add(line))?;
    }
    try_out()
}

fn install_playwright() -> Result<(), Failure> {
    let directory = Path::new(BROWSER_TESTS);
    let Some(locked) = modified(&directory.join("package-lock.json")) else {
        return Err(Failure::Other(
            "There are no browser tests: end2end/package-lock.json is missing.".into(),
        ));
    };
    // npm writes this file last, so it is there only after a complete installation.
    if modified(&directory.join("node_modules/.package-lock.json"))
        .is_some_and(|installed| installed >= locked)
    {
        return Ok(());
    }
    run(Command::new(NPM)
        .args(["ci", "--no-fund", "--no-audit"])
        .current_dir(directory))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .ok()
}
