//! `test`: everything that can show this repository to be wrong, or the part that is worked on.

use std::thread;
use std::time::Instant;

use crate::browsers::{browser_tests, check_types, wasm_tests};
use crate::build::build;
use crate::check::{check_code, check_form};
use crate::examples::{self, EXAMPLES};
use crate::packages::ensure_servers;
use crate::process::run;
use crate::tools;
use crate::workspace::{NATIVE, build_program, cargo_test};
use anyhow::Result;

/// Made for browsers, with tests that run in one.
const IN_A_BROWSER: [&str; 2] = ["json-post", "reqio-browser"];

/// Runs all of it, a stage at a time: each shows all that fails in it, and none follows. Or only
/// the tests of one room: `end2end` and `examples` in the browser, else a package, with a filter of
/// Playwright's or Cargo's.
pub(crate) fn test(only: &[String]) -> Result<()> {
    let Some((room, filter)) = only.split_first() else {
        return everything();
    };
    match room.as_str() {
        "end2end" => {
            check_types()?;
            build()?;
            demo(filter)
        }
        "examples" => {
            check_types()?;
            examples(filter)
        }
        package => {
            if ["accounts", "server"].contains(&package) {
                ensure_servers()?;
            }
            run(cargo_test(&["--package", package]).arg("--").args(filter))?;
            if filter.is_empty() && IN_A_BROWSER.contains(&package) {
                check_types()?;
                tools::ensure_for_browsers()?;
                wasm_tests(package)?;
            }
            Ok(())
        }
    }
}

/// What fails soonest comes first.
const NATIVE_STAGES: [Stage; 3] = [
    ("format and types", check_form),
    ("lints and documentation", check_code),
    ("unit and integration tests", native),
];

const BROWSER_STAGES: [Stage; 4] = [
    ("release build", build),
    ("crates in a browser", || {
        IN_A_BROWSER.into_iter().try_for_each(wasm_tests)
    }),
    ("the demo in a browser", || demo(&[])),
    ("the examples in a browser", || examples(&[])),
];

type Stage = (&'static str, fn() -> Result<()>);

fn everything() -> Result<()> {
    println!("This takes about 25 minutes on two cores the first time, then 7.");
    let mut times = String::new();
    let mut run = |stages: &[Stage]| {
        stages.iter().try_for_each(|(name, stage)| {
            let began = Instant::now();
            let passed = stage();
            times += &format!("{:6} s  {name}\n", began.elapsed().as_secs());
            passed
        })
    };
    let all = thread::scope(|scope| {
        // Compiled meanwhile: many tests only wait.
        let tools = scope.spawn(tools::ensure_for_browsers);
        run(&NATIVE_STAGES)?;
        tools.join().expect("a failure is returned, not panicked")?;
        run(&BROWSER_STAGES)
    });
    println!("\n{times}");
    all
}

fn native() -> Result<()> {
    ensure_servers()?;
    for what in NATIVE {
        run(&mut cargo_test(what))?;
    }
    // What keeps accounts, once more on the engine for several servers.
    let mut shared = cargo_test(&["--workspace"]);
    for tests in ["accounts", "api"] {
        shared.args(["--test", tests]);
    }
    run(shared.env("TEST_DATABASE", "postgres"))
}

/// The tests of the demo, one of which needs another version of the server: a debug build, which
/// reads its page where it starts. Then what a newcomer does first, which also needs that build.
fn demo(filter: &[String]) -> Result<()> {
    build_program("server")?;
    browser_tests("playwright.config.ts", filter)?;
    if filter.is_empty() {
        browser_tests("demo.config.ts", filter)?;
    }
    Ok(())
}

/// The tests of the examples, which are built as whoever copies them has them.
fn examples(filter: &[String]) -> Result<()> {
    tools::ensure_for_browsers()?;
    build_program("sandbox")?;
    let alone = examples::copy_out()?;
    for example in EXAMPLES {
        examples::build(example, &alone)?;
    }
    browser_tests("examples.config.ts", filter)
}
