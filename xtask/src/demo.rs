//! `demo`: the whole thing, built and running.

use std::process::Command;

use crate::build::page;
use crate::process::run_instead;
use crate::workspace::build_program;
use anyhow::Result;

/// Builds, and runs the server in place of this program. The server says where to look.
pub(crate) fn demo() -> Result<()> {
    page()?;
    println!("\nBuilding the server: about 2 minutes the first time.");
    // Not in release, which takes twice as long to build and is no faster to the eye.
    run_instead(&mut Command::new(build_program("server")?))
}
