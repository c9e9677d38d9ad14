//! `example`: one of the apps in `examples/`, built and running against the sandbox.

use std::env;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::examples::build;
use crate::process::{Background, run_instead};
use crate::tools;
use crate::workspace::build_program;
use anyhow::{Result, bail};

const SANDBOX_PORT: &str = "3101";

/// What the example and the sandbox are both started with. Everybody can read it here, and it is
/// good for nothing but the sandbox.
const PROJECT: [(&str, &str); 2] = [
    ("REQIO_PROJECT_ID", "demo"),
    ("REQIO_SECRET", "only-for-the-sandbox-of-the-examples"),
];

/// Builds it, starts it, and stays until Ctrl-C. Where `REQIO_PROJECT_ID` is set it is your project
/// that the example talks to; else a sandbox comes along.
pub(crate) fn example(name: &str) -> Result<()> {
    println!("Building the example: a minute or two the first time.");
    tools::ensure_for_browsers()?;
    let mut server = Command::new(build(name, Path::new("."))?);
    if env::var_os("REQIO_PROJECT_ID").is_some() {
        return run_instead(&mut server);
    }
    let mut sandbox = Command::new(build_program("sandbox")?);
    sandbox.args(["--port", SANDBOX_PORT]).envs(PROJECT);
    let widget = format!("http://localhost:{SANDBOX_PORT}/widget.js");
    server.envs(PROJECT).env("REQIO_WIDGET_URL", widget);
    println!("What Reqio's stand-in sees: http://localhost:{SANDBOX_PORT}/p/demo");
    let mut both = [Background::start(&sandbox)?, Background::start(&server)?];
    while both.iter_mut().all(Background::is_running) {
        thread::sleep(Duration::from_millis(200));
    }
    bail!("one of the two has ended by itself.")
}
