//! The tasks of this repository, one subcommand each: `cargo xtask <command>`.

mod alone;
mod background;
mod chromium;
mod commands;
mod end2end;
mod examples;
mod failure;
mod interrupt;
mod matrix;
mod packages;
mod postgres;
mod process;
mod steps;
mod tools;
mod version;
mod watch;

use std::process::ExitCode;

use examples::Example;
use failure::Failure;

const USAGE: &str = "\
Usage: cargo xtask <command>

  demo    build everything, run it and say where to look
  dev     run it, rebuild whatever changes and reload the browser
  example <name>
          one of the apps in examples/ against the sandbox: axum, leptos-csr, leptos-hydrate or plain
  build   leave target/release/server, target/release/sandbox and dist/, and print the bytes of the
          first load
  test    check without vulnerabilities, unit and integration tests, build, then the browser tests
          against that build
  test <room> [filter]
          only a package's tests, or `end2end`, or `examples`: test accounts, test end2end sign-in
  check   format, lints, documentation, licences, second versions of a crate and known vulnerabilities
  check windows
          compile everything for Windows, with the C compiler mingw
  bench   measure what depends on the machine; takes about 15 minutes";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            failure.exit_code()
        }
    }
}

fn run() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task: Box<dyn FnOnce() -> Result<(), Failure>> =
        match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["demo"] => Box::new(commands::demo::demo),
            ["dev"] => Box::new(commands::dev::dev),
            ["example", name] => {
                let example = Example::named(name).ok_or(Failure::Usage(USAGE))?;
                Box::new(move || commands::example::example(example))
            }
            ["build"] => Box::new(commands::build::build),
            ["test", ..] => {
                let only = arguments[1..].to_vec();
                Box::new(move || commands::test::test(&only))
            }
            ["check"] => Box::new(commands::check::check),
            ["check", "windows"] => Box::new(commands::check::check_windows),
            ["bench"] => Box::new(commands::bench::bench),
            ["help" | "--help" | "-h"] => {
                println!("{USAGE}");
                return Ok(());
            }
            _ => return Err(Failure::Usage(USAGE)),
        };
    enter_repository_root()?;
    interrupt::watch()?;
    task()
}

/// Every path in this program is relative to the root of the repository.
fn enter_repository_root() -> Result<(), Failure> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| {
        Failure::Other("Cargo did not start this program: run it as `cargo xtask`.".into())
    })?;
    let root = std::path::Path::new(&package).join("..");
    std::env::set_current_dir(&root).map_err(|error| {
        Failure::Other(format!("cannot enter the root of the repository: {error}"))
    })
}
