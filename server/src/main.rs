//! `server`: serves the app, checks a configuration, prints a token.

mod memory;

use std::process::ExitCode;

use server::command_line;

fn main() -> ExitCode {
    memory::give_back();
    serve()
}

#[tokio::main]
async fn serve() -> ExitCode {
    match command_line::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
