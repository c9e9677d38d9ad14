//! `sandbox judge`: the verdict on one token, for a person or a script.

use std::io::Read;
use std::process::ExitCode;

use clap::Args;
use sandbox::token::Verifier;

use super::Failure;
use super::project::Project;

/// The exit code for a token that is refused.
const REFUSED: u8 = 1;

pub(super) const EXAMPLES: &str = "\
Exits with 0 for a token that would be believed, 1 for one that would not, 2 where it cannot tell.

Examples:
  sandbox judge \"$(sandbox mint --sub usr_1)\"
  sandbox mint --sub usr_1 | sandbox judge -";

#[derive(Args)]
pub(super) struct Options {
    /// The token, or - to read it from standard input, where other users do not see it.
    token: String,
    #[command(flatten)]
    project: Project,
}

pub(super) fn run(options: Options) -> Result<ExitCode, Failure> {
    let config = options.project.config()?;
    let mut token = options.token;
    if token == "-" {
        token.clear();
        std::io::stdin()
            .read_to_string(&mut token)
            .map_err(|error| format!("the token cannot be read: {error}"))?;
    }
    let now = config.clock.now();
    match Verifier::from(&config).judge(token.trim(), now).outcome {
        Ok(claims) => {
            println!("accepted: {claims}");
            Ok(ExitCode::SUCCESS)
        }
        Err(refusal) => {
            eprintln!("refused: {refusal}");
            Ok(ExitCode::from(REFUSED))
        }
    }
}
