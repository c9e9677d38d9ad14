//! A PostgreSQL for the tests, which start servers of their own with its programs.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::packages;
use crate::process::answer;

/// Makes sure that its programs are there.
pub(crate) fn ensure() -> Result<(), Failure> {
    if !is_installed() {
        packages::install(&["postgresql"])?;
    }
    if is_installed() {
        return Ok(());
    }
    Err(Failure::Other(
        "No PostgreSQL to test with: install one, so that `initdb` is on PATH or where Debian puts it."
            .into(),
    ))
}

fn is_installed() -> bool {
    let of_debian = Path::new("/usr/lib/postgresql").is_dir();
    of_debian || answer(Command::new("initdb").arg("--version")).is_some()
}
