//! The tasks of this repository, one subcommand each: `cargo xtask <command>`.

mod bench;
mod browsers;
mod build;
mod check;
mod demo;
mod dev;
mod example;
mod examples;
mod fallback;
mod packages;
mod process;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use examples::EXAMPLES;

const USAGE: &str = "\
Usage: cargo xtask <command>

  demo    build everything, run it and say where to look
  dev     run it, rebuild whatever changes and reload the browser
  example <name>
          one of the apps in examples/ against the sandbox: axum, leptos-csr, leptos-hydrate or
          plain
  build   leave target/release/server, target/release/sandbox and dist/, and print the bytes of the
          first load
  test    check without vulnerabilities, all tests, the browser tests against a release build
  test <room> [filter]
          only a package's tests, or `end2end` or `examples` in a browser: test accounts,
          test end2end sign-in
  check   format, lints, documentation, licences, second versions of a crate and known
          vulnerabilities
  check windows
          compile everything for Windows, with the C compiler mingw
  bench [filter]
          measure what depends on the machine, or what is named of it: bench browser";

fn main() -> Result<ExitCode> {
    // Every path in this program is relative to the root of the repository.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["demo"] => demo::demo()?,
        ["dev"] => dev::dev()?,
        ["example", name] if EXAMPLES.contains(&name) => example::example(name)?,
        ["build"] => build::build()?,
        ["test", ..] => test::test(&arguments[1..])?,
        ["check"] => check::check()?,
        ["check", "windows"] => check::check_windows()?,
        ["bench", ..] => bench::bench(&arguments[1..])?,
        ["help" | "--help" | "-h"] => println!("{USAGE}"),
        _ => {
            eprintln!("error: no such command\n\n{USAGE}");
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
