//! `dev`: both halves in debug, each rebuilt when its sources change; the browser reloads with its
//! half.

use std::process::Command;
use std::thread;

use crate::background::{Background, POLL};
use crate::commands::build::trunk;
use crate::failure::Failure;
use crate::process::run;
use crate::tools::{Tools, target_directory};
use crate::watch::Snapshot;

/// Where trunk serves the page, and so the origin the server has to accept.
const PUBLIC_URL: &str = "http://localhost:8080";

/// Where Trunk.toml sends what the page asks of the server.
const SERVER_ADDRESS: &str = "127.0.0.1:3000";

/// What the server is built from. The frontend's sources are trunk's to watch.
pub(crate) const SERVER_SOURCES: [&str; 5] =
    ["accounts", "app", "reqio/identity", "sandbox", "server"];

/// Runs until Ctrl-C.
pub(crate) fn dev() -> Result<(), Failure> {
    let tools = Tools::for_building()?;
    // The server reads dist/index.html when it starts, so there has to be one.
    run(trunk(&tools).arg("build"))?;
    let mut frontend = Background::start(trunk(&tools).arg("serve"))?;
    loop {
        let sources = Snapshot::of(&SERVER_SOURCES);
        let server = start_server()?;
        while Snapshot::of(&SERVER_SOURCES) == sources {
            if !frontend.running()? {
                return Err(Failure::Other("trunk ended by itself.".into()));
            }
            thread::sleep(POLL * 10);
        }
        println!("The server's sources changed.");
        drop(server);
    }
}

/// The running server, or nothing if it does not compile: the next change may mend that.
fn start_server() -> Result<Option<Background>, Failure> {
    match run(Command::new("cargo").args(["build", "--package", "server"])) {
        Ok(()) => {}
        Err(Failure::Interrupted) => return Err(Failure::Interrupted),
        Err(failure) => {
            eprintln!("{failure}");
            return Ok(None);
        }
    }
    let mut server = Command::new(target_directory().join("debug").join("server"));
    Background::start(
        server
            .env("ADDR", SERVER_ADDRESS)
            .env("PUBLIC_URL", PUBLIC_URL),
    )
    .map(Some)
}
