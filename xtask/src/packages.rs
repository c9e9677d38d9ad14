//! Packages of the distribution, where this user may install them without being asked for a
//! password: apt's, as root or through sudo.

use std::process::Command;

use crate::failure::Failure;
use crate::process::{answer, run};

/// Installs them where that is possible. Whoever needs them looks whether they are there now.
pub(crate) fn install(names: &[&str]) -> Result<(), Failure> {
    if answer(Command::new("apt-get").arg("--version")).is_none() {
        return Ok(());
    }
    let is_root = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let through_sudo: &[&str] = &["sudo", "--non-interactive"];
    let prefix = if is_root { &[] } else { through_sudo };
    let apt = |arguments: &[&str]| {
        let mut words = prefix.iter().chain(["apt-get"].iter()).chain(arguments);
        let mut command = Command::new(words.next().unwrap_or(&"apt-get"));
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    println!(
        "Installing the distribution's packages: {}.",
        names.join(", ")
    );
    attempt(&mut apt(&["update"]))?;
    let install = ["install", "--yes", "--no-install-recommends"];
    attempt(&mut apt(&[&install[..], names].concat()))
}

/// Runs one of several ways to the goal: only an interrupt ends the search.
pub(crate) fn attempt(command: &mut Command) -> Result<(), Failure> {
    match run(command) {
        Err(Failure::Interrupted) => Err(Failure::Interrupted),
        Err(failure) => {
            println!("{failure}");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}
