//! The tests of two servers behind nginx: what they need, and how they are started.

use std::env;

use crate::matrix::cargo_test;
use crate::packages::{found_or_installed, postgresql};
use crate::process::run;
use anyhow::Result;
use which::which;

/// A program that the tests start, and Debian's package with it.
const PROGRAMS: [(&str, &str); 5] = [
    ("nginx", "nginx"),
    ("curl", "curl"),
    ("openssl", "openssl"),
    ("sqlite3", "sqlite3"),
    ("systemd-analyze", "systemd"),
];

/// Runs them against the release build, which must be there, or what `filter` names of them.
pub(crate) fn test(filter: &[String]) -> Result<()> {
    if env::consts::OS != "linux" {
        println!("Two servers behind nginx are tried on Linux alone.");
        return Ok(());
    }
    ensure()?;
    // With the features of the whole workspace, or all of Leptos would be compiled anew.
    let mut test = cargo_test(&["--workspace", "--test", "cluster"]);
    run(test.arg("--").args(filter))
}

/// Makes sure of what they start.
pub(crate) fn ensure() -> Result<()> {
    postgresql()?;
    let missing = || {
        let programs = PROGRAMS.into_iter();
        programs.filter(|(program, _)| which(program).is_err())
    };
    let packages: Vec<&str> = missing().map(|(_, package)| package).collect();
    let all = || missing().next().is_none().then_some(());
    found_or_installed(all, &packages, || {
        let programs: Vec<&str> = missing().map(|(program, _)| program).collect();
        let programs = programs.join(", ");
        format!(
            "Two servers behind nginx cannot be tried: install {programs}, so that PATH leads \
             there."
        )
    })
}
