//! Packages of the distribution, where this user may install them without being asked for a
//! password: apt's, as root or through sudo.

use std::path::Path;
use std::process::Command;

use crate::interrupt;
use crate::process::{answer, run};
use anyhow::{Context, Result};
use which::which;

/// Makes sure of PostgreSQL, of which the tests start servers of their own.
pub(crate) fn postgresql() -> Result<()> {
    let of_debian = || Path::new("/usr/lib/postgresql").is_dir();
    let find = || (of_debian() || which("initdb").is_ok()).then_some(());
    found_or_installed(find, &["postgresql"], || {
        "No PostgreSQL to test with: install one, so that `initdb` is on PATH or where Debian \
         puts it."
            .into()
    })
}

/// What is found as it is, or else once these packages are installed. If not even then, `without`
/// says what that means.
pub(crate) fn found_or_installed<T>(
    find: impl Fn() -> Option<T>,
    packages: &[&str],
    without: impl FnOnce() -> String,
) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install(packages)?;
    find().with_context(without)
}

/// Installs them where that is possible. Whoever needs them looks whether they are there now.
fn install(names: &[&str]) -> Result<()> {
    if which("apt-get").is_err() {
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
    let all = names.join(", ");
    println!("Installing the distribution's packages: {all}.");
    attempt(&mut apt(&["update"]))?;
    let install = ["install", "--yes", "--no-install-recommends"];
    attempt(&mut apt(&[&install[..], names].concat()))
}

/// Runs one of several ways to the goal: only an interrupt ends the search.
pub(crate) fn attempt(command: &mut Command) -> Result<()> {
    match run(command) {
        Err(failure) if !interrupt::received() => println!("{failure}"),
        ended => return ended,
    }
    Ok(())
}
