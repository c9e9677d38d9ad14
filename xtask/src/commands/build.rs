//! `build`: both halves in release, and the bytes of the first load.

use std::process::Command;

use crate::matrix::cargo;
use crate::process::run;
use crate::steps::{self, Step};
use crate::tools::{Tools, target_directory};
use anyhow::Result;

/// Leaves `release/server` and `release/sandbox` in the target directory and the browser's half in
/// `dist`.
pub(crate) fn build() -> Result<()> {
    build_page_and(Step {
        what: "building the server and the sandbox".to_owned(),
        seconds: unless_built("release/server", 260),
        // Together, so that what they share is compiled once.
        work: Box::new(|| {
            let packages = ["--package", "server", "--package", "sandbox"];
            run(cargo("build", &packages).arg("--release"))
        }),
    })
}

/// The tools that are missing, the browser's half as visitors get it, and the server's. Trunk's
/// hook prints the bytes of the page, and ends over the budget.
pub(crate) fn build_page_and(server: Step<'_>) -> Result<()> {
    let tools = Tools::on_path()?;
    let mut steps = tools.missing_for_building()?;
    steps.push(Step {
        what: "building the page".to_owned(),
        seconds: unless_built("wasm32-unknown-unknown/frontend/frontend.wasm", 75),
        work: Box::new(|| run(trunk(&tools).args(["build", "--release", "--locked"]))),
    });
    steps.push(server);
    steps::run_all(steps)
}

/// How long it takes to build this file, in seconds when nothing is there yet.
pub(crate) fn unless_built(file: &str, seconds: u64) -> u64 {
    let is_built = target_directory().join(file).exists();
    if is_built { 15 } else { seconds }
}

/// How a debug build for the browser is compiled: wasm-bindgen drops that information anyway, and
/// with line numbers of what runs elsewhere in it, the page would be new after every edit.
pub(crate) const WITHOUT_DEBUG_INFORMATION: [(&str, &str); 1] = [("CARGO_PROFILE_DEV_DEBUG", "0")];

/// `trunk` with its helpers at hand, and silent about newer versions and the inside of itself.
pub(crate) fn trunk(tools: &Tools) -> Command {
    let mut command = tools.command("trunk");
    // trunk takes NO_COLOR for a flag of its own and refuses the usual value 1.
    command
        .envs(WITHOUT_DEBUG_INFORMATION)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("RUST_BACKTRACE", "0")
        .env_remove("NO_COLOR");
    command
}
