//! `demo`: the whole thing, built and running.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use crate::background::{Background, POLL};
use crate::commands::build::{page, unless_built};
use crate::failure::Failure;
use crate::matrix::cargo;
use crate::process::run;
use crate::steps::{self, Step};
use crate::tools::{Tools, target_directory};

/// Builds, and runs the server until Ctrl-C. It brings the sandbox along, and says where to look.
pub(crate) fn demo() -> Result<(), Failure> {
    let tools = Tools::on_path()?;
    let mut steps = tools.missing_for_building()?;
    steps.push(page(&tools));
    steps.push(Step {
        what: "building the server".to_owned(),
        expected: unless_built("debug/server", 130),
        // Not in release, which takes twice as long to build and is no faster to the eye.
        work: Box::new(|| run(&mut cargo("build", &["--package", "server"]))),
    });
    steps::run_all(steps)?;
    run(&mut Command::new(
        target_directory().join("debug").join("server"),
    ))
}

/// Runs `cargo xtask demo` as a newcomer does, on ports and a database of its own, until it
/// answers; then ends it.
pub(crate) fn try_out() -> Result<(), Failure> {
    let [address, sandbox] = [free_address()?, free_address()?];
    let database = target_directory().join("tmp").join("demo.db");
    let mut command = Command::new("cargo");
    command
        .args(["xtask", "demo"])
        .env("ADDR", &address)
        .env("SANDBOX_ADDR", &sandbox);
    command
        .env("PUBLIC_URL", format!("http://{address}"))
        .env("DATABASE_URL", format!("sqlite://{}", database.display()));
    let mut demo = Background::start(&mut command)?;
    while !(healthy(&address) && healthy(&sandbox)) {
        if !demo.running()? {
            return Err(Failure::Other(
                "`cargo xtask demo` ended before it answered.".into(),
            ));
        }
        thread::sleep(POLL);
    }
    drop(demo);
    if healthy(&address) || healthy(&sandbox) {
        return Err(Failure::Other(
            "`cargo xtask demo` left a server behind.".into(),
        ));
    }
    Ok(())
}

fn free_address() -> Result<String, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.to_string())
        .map_err(|error| Failure::Other(format!("no port is free: {error}")))
}

fn healthy(address: &str) -> bool {
    let request = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "GET /healthz HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    request().is_ok_and(|answer| answer.contains(" 200 OK\r\n"))
}
