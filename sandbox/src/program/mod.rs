//! The command line: what is asked for, and how it ends.

mod judge;
mod mint;
mod project;
mod serve;
mod shutdown;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Why a command did nothing, in one line.
type Failure = Box<dyn std::error::Error>;

/// The exit code where nothing was done, which a script can tell from a refused token.
const NOT_DONE: u8 = 2;

/// A local stand-in for Reqio: point your page and your server at it, and it says what Reqio would
/// see.
#[derive(Parser)]
#[command(name = "sandbox", version, args_conflicts_with_subcommands = true)]
#[command(after_help = serve::EXAMPLES)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Options,
}

#[derive(Subcommand)]
enum Command {
    /// Says whether a token would be believed, and if not, why and how to mend it.
    #[command(after_help = judge::EXAMPLES)]
    Judge(judge::Options),
    /// Prints a token, for scripts.
    #[command(after_help = mint::EXAMPLES)]
    Mint(mint::Options),
}

pub(crate) async fn run() -> ExitCode {
    let CommandLine { command, serve } = match CommandLine::try_parse() {
        Ok(options) => options,
        Err(help) if !help.use_stderr() => {
            // Whoever reads it may have seen enough, as `head` has, and gone.
            let _gone = help.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => return failed(error.to_string().lines().next().unwrap_or_default()),
    };
    let done = match command {
        None => serve::run(serve).await.map(|()| ExitCode::SUCCESS),
        Some(Command::Judge(options)) => judge::run(options),
        Some(Command::Mint(options)) => mint::run(options).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|message| failed(&format!("error: {message}")))
}

fn failed(line: &str) -> ExitCode {
    eprintln!("{line}");
    ExitCode::from(NOT_DONE)
}
