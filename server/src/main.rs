//! `server`: serves the app, checks a configuration, prints a token.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    match server::command_line::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
