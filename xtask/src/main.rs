//! The tasks of this repository, one subcommand each: `cargo xtask <command>`.

mod alone;
mod background;
mod browsers;
mod cluster;
mod commands;
mod end2end;
mod examples;
mod interrupt;
mod matrix;
mod packages;
mod process;
mod steps;
mod tools;
mod watch;

use std::process::ExitCode;

use anyhow::{Context, Result};
use examples::Example;

const USAGE: &str = "\
Usage: cargo xtask <command>

  demo    build everything, run it and say where to look
  dev     run it, rebuild whatever changes and reload the browser
  example <name>
          one of the apps in examples/ against the sandbox: axum, leptos-csr, leptos-hydrate or
          plain
  build   leave target/release/server, target/release/sandbox and dist/, and print the bytes of the
          first load
  test    check without vulnerabilities, unit and integration tests, build, then the browser tests
          against that build
  test <room> [filter]
          only a package's tests, or `end2end`, `examples`, or `cluster`, which is two servers
          behind nginx: test accounts, test end2end sign-in
  check   format, lints, documentation, licences, second versions of a crate and known
          vulnerabilities
  check windows
          compile everything for Windows, with the C compiler mingw
  bench [filter]
          measure what depends on the machine, or what is named of it: bench browser";

fn main() -> ExitCode {
    run().unwrap_or_else(|failure| {
        eprintln!("\nerror: {failure:#}");
        // 130 is what shells make of Ctrl-C.
        ExitCode::from(if interrupt::received() { 130 } else { 1 })
    })
}

fn run() -> Result<ExitCode> {
    enter_repository_root()?;
    interrupt::watch()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["demo"] => commands::demo::demo()?,
        ["dev"] => commands::dev::dev()?,
        ["example", name] if let Some(example) = Example::named(name) => {
            commands::example::example(example)?;
        }
        ["build"] => commands::build::build()?,
        ["test", ..] => commands::test::test(&arguments[1..])?,
        ["check"] => commands::check::check()?,
        ["check", "windows"] => commands::check::check_windows()?,
        ["bench", ..] => commands::bench::bench(&arguments[1..])?,
        ["help" | "--help" | "-h"] => println!("{USAGE}"),
        _ => {
            eprintln!("\nerror: no such command\n\n{USAGE}");
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Every path in this program is relative to the root of the repository.
fn enter_repository_root() -> Result<()> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .context("Cargo did not start this program: run it as `cargo xtask`.")?;
    std::env::set_current_dir(std::path::Path::new(&package).join(".."))
        .context("cannot enter the root of the repository")
}
