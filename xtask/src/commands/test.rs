//! `test`: everything that can show this repository to be wrong, or the part that is worked on.

use crate::alone;
use crate::commands::{build::build, check::check_code, demo::try_out};
use crate::end2end::{self, Browser};
use crate::examples::EXAMPLES;
use crate::failure::Failure;
use crate::matrix::{NATIVE, cargo};
use crate::process::{run, run_reading};
use crate::tally::Tally;
use crate::tools::Tools;

/// Made for browsers, with tests that run in one.
const IN_A_BROWSER: [&str; 2] = ["json-post", "reqio-browser"];

/// Runs what is named, or all of it, and closes with the number of tests. A stage shows all that
/// fails in it; none follows.
pub(crate) fn test(only: &[String]) -> Result<(), Failure> {
    let mut tally = Tally::default();
    let outcome = match only {
        [] => everything(&mut tally),
        [room, filter @ ..] => part(room, filter, &mut tally),
    };
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

fn everything(tally: &mut Tally) -> Result<(), Failure> {
    check_code()?;
    for what in NATIVE {
        let mut test = cargo("test", what);
        run_reading(test.arg("--no-fail-fast"), |line| tally.add(line))?;
    }
    alone::test(tally)?;
    build()?;
    let browser = Browser::ensure()?;
    let tools = Tools::for_building()?;
    for package in IN_A_BROWSER {
        browser.wasm_tests(package, &tools, tally)?;
    }
    browser.playwright("playwright.config.ts", &[], tally)?;
    examples(&browser, &tools, &[], tally)?;
    try_out()
}

/// The tests of one room: `end2end` and `examples` in the browser, else a package. `filter` is
/// Playwright's or Cargo's.
fn part(room: &str, filter: &[String], tally: &mut Tally) -> Result<(), Failure> {
    match room {
        "end2end" => {
            end2end::check_types()?;
            build()?;
            Browser::ensure()?.playwright("playwright.config.ts", filter, tally)
        }
        "examples" => {
            end2end::check_types()?;
            examples(&Browser::ensure()?, &Tools::for_building()?, filter, tally)
        }
        package => {
            let mut test = cargo("test", &["--no-fail-fast", "--package", package]);
            run_reading(test.arg("--").args(filter), |line| tally.add(line))?;
            if filter.is_empty() && IN_A_BROWSER.contains(&package) {
                end2end::check_types()?;
                Browser::ensure()?.wasm_tests(package, &Tools::for_building()?, tally)?;
            }
            Ok(())
        }
    }
}

fn examples(
    browser: &Browser,
    tools: &Tools,
    filter: &[String],
    tally: &mut Tally,
) -> Result<(), Failure> {
    for example in EXAMPLES {
        example.build(tools)?;
    }
    run(&mut cargo("build", &["--package", "sandbox"]))?;
    browser.playwright("examples.config.ts", filter, tally)
}
