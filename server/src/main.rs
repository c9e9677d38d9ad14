//! `server`: serves the app, checks a configuration, prints a token.

use std::process::ExitCode;

use server::command_line;

#[tokio::main]
async fn main() -> ExitCode {
    match command_line::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
