//! `cargo run -p sandbox`: the stand-in on its own, for a page and a server in any language.
#![forbid(unsafe_code)]

mod program;

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    program::run().await
}
