//! `build`: both halves in release, and the bytes of the first load.

use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::matrix::cargo;
use crate::process::run;
use crate::steps::{self, Step};
use crate::tools::{Tools, target_directory};

/// Leaves `release/server` and `release/sandbox` in the target directory and the browser's half in
/// `dist`.
pub(crate) fn build() -> Result<(), Failure> {
    let tools = Tools::on_path()?;
    let mut steps = tools.missing_for_building()?;
    steps.push(page(&tools));
    steps.push(Step {
        what: "building the server and the sandbox".to_owned(),
        expected: unless_built("release/server", 260),
        // Together, so that what they share is compiled once.
        work: Box::new(|| {
            let packages = ["--package", "server", "--package", "sandbox"];
            run(cargo("build", &packages).arg("--release"))
        }),
    });
    steps::run_all(steps)
}

/// The browser's half, as visitors get it. Trunk's hook prints its bytes, and ends over the budget.
pub(crate) fn page(tools: &Tools) -> Step<'_> {
    Step {
        what: "building the page".to_owned(),
        expected: unless_built("wasm32-unknown-unknown/frontend/frontend.wasm", 75),
        work: Box::new(|| run(trunk(tools).args(["build", "--release", "--locked"]))),
    }
}

/// How long it takes to build this file, in seconds when nothing is there yet.
pub(crate) fn unless_built(file: &str, seconds: u64) -> Duration {
    if target_directory().join(file).exists() {
        Duration::from_secs(15)
    } else {
        Duration::from_secs(seconds)
    }
}

/// `trunk` with its helpers at hand, and silent about newer versions of itself.
pub(crate) fn trunk(tools: &Tools) -> Command {
    let mut command = tools.command("trunk");
    // trunk takes NO_COLOR for a flag of its own and refuses the usual value 1.
    command
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    command
}
