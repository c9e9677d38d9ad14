//! `bench`: what is measured and not decided by a test, since times differ from machine to machine
//! and run to run.

use crate::failure::Failure;
use crate::matrix::cargo;
use crate::process::run;

/// Where there is something to measure: tests that are ignored otherwise.
const MEASURED: [&str; 2] = ["accounts", "server"];

/// Runs every measurement in release and shows its figures. The machine should do nothing else
/// meanwhile.
pub(crate) fn bench() -> Result<(), Failure> {
    println!(
        "This takes about 15 minutes: half-open connections for one, mixed load for ten, and building before."
    );
    for package in MEASURED {
        run(cargo("test", &["--package", package]).args([
            "--release",
            "--tests",
            "--",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ]))?;
    }
    Ok(())
}
