//! `bench`: what is measured and not decided by a test, since times differ from machine to machine
//! and run to run.

use crate::browsers::{browser_tests, check_types};
use crate::build::build;
use crate::packages::{ensure_program, ensure_servers};
use crate::process::run;
use crate::workspace::cargo;
use anyhow::Result;

/// Runs every measurement in release, also the tests that are ignored otherwise, and shows figures
/// beside the last ones. The machine should do nothing else meanwhile.
pub(crate) fn bench(filter: &[String]) -> Result<()> {
    println!("This takes about 25 minutes, ten of them mixed load, and building before.");
    check_types()?;
    build()?;
    ensure_program("wrk")?;
    ensure_servers()?;
    browser_tests("bench.config.ts", filter)?;
    if !filter.is_empty() {
        return Ok(());
    }
    for package in ["accounts", "server"] {
        let mut test = cargo("test", &["--package", package, "--release", "--tests"]);
        run(test.args(["--", "--ignored", "--nocapture", "--test-threads=1"]))?;
    }
    Ok(())
}
