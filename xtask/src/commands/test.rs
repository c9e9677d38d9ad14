//! `test`: everything that can show this repository to be wrong, or the part that is worked on.

use std::time::Instant;

use crate::alone;
use crate::cluster;
use crate::commands::build::build;
use crate::commands::check::{check_code, check_form};
use crate::end2end::{self, Browser};
use crate::examples::{EXAMPLES, build_servers};
use crate::matrix::{NATIVE, cargo_test};
use crate::packages::postgresql;
use crate::process::run;
use crate::tools::Tools;
use anyhow::Result;

/// Made for browsers, with tests that run in one.
const IN_A_BROWSER: [&str; 2] = ["json-post", "reqio-browser"];

/// Runs all of it, a stage at a time: each shows all that fails in it, and none follows. Or only
/// the tests of one room: `end2end` and `examples` in the browser, `cluster` behind nginx, else a
/// package, with a filter of Playwright's or Cargo's.
pub(crate) fn test(only: &[String]) -> Result<()> {
    let Some((room, filter)) = only.split_first() else {
        return everything();
    };
    match room.as_str() {
        "end2end" => {
            end2end::check_types()?;
            build()?;
            demo(filter)
        }
        "cluster" => {
            build()?;
            cluster::test(filter)
        }
        "examples" => {
            end2end::check_types()?;
            examples(filter)
        }
        package => {
            if package == "accounts" {
                postgresql()?;
            }
            let mut test = cargo_test(&["--package", package]);
            run(test.arg("--").args(filter))?;
            if filter.is_empty() && IN_A_BROWSER.contains(&package) {
                end2end::check_types()?;
                Browser::ensure()?.wasm_tests(package, &Tools::for_building()?)?;
            }
            Ok(())
        }
    }
}

/// What fails soonest comes first.
const STAGES: [Stage; 11] = [
    ("format and types", check_form),
    ("the tools", install_tools),
    ("lints and documentation", check_code),
    ("unit and integration tests", native),
    ("crates and examples alone", alone::test),
    ("release build", build),
    ("two servers behind nginx", || cluster::test(&[])),
    ("crates in a browser", in_a_browser),
    ("the demo in a browser", || demo(&[])),
    ("the examples in a browser", || examples(&[])),
    ("`cargo xtask demo`", || {
        Browser::ensure()?.tests("demo.config.ts", &[])
    }),
];

type Stage = (&'static str, fn() -> Result<()>);

fn everything() -> Result<()> {
    let mut times = String::new();
    let all = STAGES.iter().try_for_each(|(name, stage)| {
        let began = Instant::now();
        let passed = stage();
        times += &format!("{:6} s  {name}\n", began.elapsed().as_secs());
        passed
    });
    println!("\n{times}");
    all
}

fn install_tools() -> Result<()> {
    Tools::for_checking()?;
    Tools::for_building().map(drop)
}

fn native() -> Result<()> {
    postgresql()?;
    for what in NATIVE {
        run(&mut cargo_test(what))?;
    }
    // What keeps accounts, once more on the engine for several servers.
    let mut shared = cargo_test(&["--workspace"]);
    for tests in ["accounts", "boundaries", "api"] {
        shared.args(["--test", tests]);
    }
    run(shared.env("TEST_DATABASE", "postgres"))
}

fn in_a_browser() -> Result<()> {
    let (browser, tools) = (Browser::ensure()?, Tools::for_building()?);
    let mut crates = IN_A_BROWSER.iter();
    crates.try_for_each(|package| browser.wasm_tests(package, &tools))
}

fn demo(filter: &[String]) -> Result<()> {
    Browser::ensure()?.demo_tests(filter)
}

fn examples(filter: &[String]) -> Result<()> {
    let (browser, tools) = (Browser::ensure()?, Tools::for_building()?);
    build_servers()?;
    for example in EXAMPLES {
        example.build_for_the_browser(&tools)?;
    }
    browser.tests("examples.config.ts", filter)
}
