//! `bench`: what is measured and not decided by a test, since times differ from machine to machine
//! and run to run.

use crate::failure::Failure;
use crate::matrix::UNITS;
use crate::process::run;

/// Where there is something to measure: tests that are ignored otherwise.
const MEASURED: [&str; 2] = ["accounts", "server"];

/// Runs every measurement in release and shows its figures. The machine should do nothing else
/// meanwhile.
pub(crate) fn bench() -> Result<(), Failure> {
    println!(
        "This takes about 15 minutes: half-open connections for one, mixed load for ten, and building before."
    );
    for unit in UNITS.iter().filter(|unit| MEASURED.contains(&unit.package)) {
        run(unit.cargo("test").args([
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_measured_is_a_package_of_this_workspace() {
        for package in MEASURED {
            assert_eq!(
                UNITS.iter().filter(|unit| unit.package == package).count(),
                1,
                "{package}"
            );
        }
    }
}
