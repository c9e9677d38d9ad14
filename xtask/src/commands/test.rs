//! `test`: everything that can show this repository to be wrong, or the part that is worked on.

use crate::alone;
use crate::commands::{build::build, check::check_code, demo::try_out};
use crate::end2end::{self, Browser};
use crate::examples::EXAMPLES;
use crate::failure::Failure;
use crate::matrix::{NATIVE, cargo};
use crate::postgres;
use crate::process::run;
use crate::tools::Tools;

/// Made for browsers, with tests that run in one.
const IN_A_BROWSER: [&str; 2] = ["json-post", "reqio-browser"];

/// Runs what is named, or all of it. A stage shows all that fails in it; none follows.
pub(crate) fn test(only: &[String]) -> Result<(), Failure> {
    match only {
        [] => everything(),
        [room, filter @ ..] => part(room, filter),
    }
}

fn everything() -> Result<(), Failure> {
    check_code()?;
    postgres::ensure()?;
    for what in NATIVE {
        run(cargo("test", what).arg("--no-fail-fast"))?;
    }
    // What keeps accounts, once more on the engine for several servers. With the features of the
    // whole workspace, or all of Leptos would be compiled anew.
    let mut shared = cargo("test", &["--workspace", "--no-fail-fast"]);
    shared.args([
        "--test",
        "accounts",
        "--test",
        "boundaries",
        "--test",
        "api",
    ]);
    run(shared.env("TEST_DATABASE", "postgres"))?;
    alone::test()?;
    build()?;
    let browser = Browser::ensure()?;
    let tools = Tools::for_building()?;
    for package in IN_A_BROWSER {
        browser.wasm_tests(package, &tools)?;
    }
    browser.playwright("playwright.config.ts", &[])?;
    examples(&browser, &tools, &[])?;
    try_out()
}

/// The tests of one room: `end2end` and `examples` in the browser, else a package. `filter` is
/// Playwright's or Cargo's.
fn part(room: &str, filter: &[String]) -> Result<(), Failure> {
    match room {
        "end2end" => {
            end2end::check_types()?;
            build()?;
            Browser::ensure()?.playwright("playwright.config.ts", filter)
        }
        "examples" => {
            end2end::check_types()?;
            examples(&Browser::ensure()?, &Tools::for_building()?, filter)
        }
        package => {
            if package == "accounts" {
                postgres::ensure()?;
            }
            let mut test = cargo("test", &["--no-fail-fast", "--package", package]);
            run(test.arg("--").args(filter))?;
            if filter.is_empty() && IN_A_BROWSER.contains(&package) {
                end2end::check_types()?;
                Browser::ensure()?.wasm_tests(package, &Tools::for_building()?)?;
            }
            Ok(())
        }
    }
}

fn examples(browser: &Browser, tools: &Tools, filter: &[String]) -> Result<(), Failure> {
    for example in EXAMPLES {
        example.build(tools)?;
    }
    run(&mut cargo("build", &["--package", "sandbox"]))?;
    browser.playwright("examples.config.ts", filter)
}
