//! `example`: one of the apps in `examples/`, built and running against the sandbox.

use std::env;
use std::process::{Command, Stdio};

use crate::background::Background;
use crate::examples::Example;
use crate::matrix::cargo;
use crate::process::run;
use crate::tools::{Tools, target_directory};
use anyhow::Result;

const SANDBOX_PORT: &str = "3101";

/// What the example and the sandbox are both started with. Everybody can read it here, and it is
/// good for nothing but the sandbox.
const PROJECT: [(&str, &str); 2] = [
    ("REQIO_PROJECT_ID", "demo"),
    ("REQIO_SECRET", "only-for-the-sandbox-of-the-examples"),
];

/// Builds it, starts it, and stays until Ctrl-C. Where `REQIO_PROJECT_ID` is set it is your project
/// that the example talks to; else a sandbox comes along.
pub(crate) fn example(example: Example) -> Result<()> {
    example.build(&Tools::for_building()?)?;
    let mut server = example.server();
    let _sandbox = if env::var_os("REQIO_PROJECT_ID").is_some() {
        None
    } else {
        run(&mut cargo("build", &["--package", "sandbox"]))?;
        let mut sandbox = Command::new(target_directory().join("debug").join("sandbox"));
        sandbox.args(["--port", SANDBOX_PORT]).envs(PROJECT);
        // It says how to connect an app to it, which is done here.
        sandbox.stdout(Stdio::null());
        server.envs(PROJECT).env(
            "REQIO_WIDGET_URL",
            format!("http://localhost:{SANDBOX_PORT}/widget.js"),
        );
        println!("What Reqio's stand-in sees: http://localhost:{SANDBOX_PORT}/p/demo");
        Some(Background::start(&mut sandbox)?)
    };
    Background::start(&mut server)?.wait()
}
