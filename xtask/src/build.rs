//! `build`: both halves in release, and the bytes of the first load.

use crate::process::run;
use crate::tools;
use crate::workspace::cargo;
use anyhow::Result;

/// Leaves `release/server` and `release/sandbox` in the target directory and the browser's half in
/// `dist`.
pub(crate) fn build() -> Result<()> {
    page()?;
    println!("\nBuilding the server and the sandbox in release: about 4 minutes the first time.");
    // Together, so that what they share is compiled once.
    let packages = ["--release", "--package", "server", "--package", "sandbox"];
    run(&mut cargo("build", &packages))
}

/// Builds the browser's half as visitors get it. Trunk's hook prints the bytes of the page, and
/// ends over the budget.
pub(crate) fn page() -> Result<()> {
    tools::ensure_for_the_page()?;
    println!("\nBuilding the page: about 80 seconds the first time.");
    run(tools::trunk("build")?.args(["--release", "--locked"]))
}
