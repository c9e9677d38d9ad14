//! `bench`: what is measured and not decided by a test, since times differ from machine to machine
//! and run to run.

use std::env;

use crate::cluster;
use crate::commands::build::build;
use crate::end2end::{self, Browser};
use crate::matrix::cargo;
use crate::packages::found_or_installed;
use crate::process::run;
use anyhow::Result;
use which::which;

/// Where there is something to measure beside it: tests that are ignored otherwise.
const MEASURED: [&str; 2] = ["accounts", "server"];

/// Runs every measurement in release and shows its figures, those of end2end/bench beside the last
/// ones. The machine should do nothing else meanwhile.
pub(crate) fn bench(filter: &[String]) -> Result<()> {
    println!("This takes about 25 minutes, ten of them mixed load, and building before.");
    end2end::check_types()?;
    build()?;
    found_or_installed(
        || which("wrk").ok(),
        &["wrk"],
        || "Nothing to make load with: install wrk.".into(),
    )?;
    if env::consts::OS == "linux" {
        cluster::ensure()?;
    }
    Browser::ensure()?.tests("bench.config.ts", filter)?;
    if !filter.is_empty() {
        return Ok(());
    }
    for package in MEASURED {
        let mut test = cargo("test", &["--package", package, "--release", "--tests"]);
        run(test.args(["--", "--ignored", "--nocapture", "--test-threads=1"]))?;
    }
    Ok(())
}
