//! `demo`: the whole thing, built and running.

use std::process::Command;

use crate::commands::build::{build_page_and, unless_built};
use crate::matrix::cargo;
use crate::process::run;
use crate::steps::Step;
use crate::tools::target_directory;
use anyhow::Result;

/// Builds, and runs the server until Ctrl-C. It brings the sandbox along, and says where to look.
pub(crate) fn demo() -> Result<()> {
    build_page_and(Step {
        what: "building the server".to_owned(),
        seconds: unless_built("debug/server", 130),
        // Not in release, which takes twice as long to build and is no faster to the eye.
        work: Box::new(|| run(&mut cargo("build", &["--package", "server"]))),
    })?;
    let server = target_directory().join("debug").join("server");
    run(&mut Command::new(server))
}
