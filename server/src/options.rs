//! The variables, each with its type: from the environment, `.env` and the command line.

use std::{
    collections::BTreeMap,
    error::Error as _,
    ffi::OsString,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
};

use accounts::DatabaseUrl;
use clap::{
    Arg, CommandFactory, FromArgMatches, Parser,
    error::{ContextKind, ContextValue},
};
use reqio_identity::ConfigurationError;

use crate::{env_file, public_url::PublicUrl};

/// Every variable that the server reads, under the name of its field in capitals. All but
/// `REQIO_SECRET`: these are options too, and everybody on a machine can read a program's options.
#[derive(Clone, Debug, Parser)]
pub struct Options {
    /// The id of your Reqio project; without it the local sandbox stands in for Reqio.
    #[arg(long, value_name = "ID")]
    pub reqio_project_id: Option<String>,
    /// The audience of the tokens; `https://reqio.app/p/<project id>` unless set.
    #[arg(long, value_name = "URL")]
    pub reqio_audience: Option<String>,
    /// Where the widget's script is; `https://reqio.app/widget.js` unless set.
    #[arg(long, value_name = "URL")]
    pub reqio_widget_url: Option<String>,
    /// Where the server listens.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Where the sandbox listens.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:3001")]
    pub sandbox_addr: SocketAddr,
    /// Where browsers reach the sandbox, if not on this machine at the port of SANDBOX_ADDR.
    #[arg(long, value_name = "URL")]
    pub sandbox_public_url: Option<PublicUrl>,
    /// Where browsers reach the server; unset, on this machine at any port. https makes cookies
    /// Secure and turns on HSTS.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// The database of the accounts; postgres:// lets several servers share one.
    #[arg(long, value_name = "URL", default_value = "sqlite://demo.db")]
    pub database_url: DatabaseUrl,
    /// Attempts to sign in a minute, for one account from one client address; 6 times as many for
    /// the address, 3 times as many for the account from unknown browsers; and sign-ups an hour.
    #[arg(long, value_name = "NUMBER", default_value = "10")]
    pub sign_in_limit: NonZeroU32,
    /// The address that a proxy connects from, whose X-Forwarded-For then counts. Required with an
    /// https PUBLIC_URL.
    #[arg(long, value_name = "ADDRESS")]
    pub trusted_proxy: Option<IpAddr>,
}

/// The values of variables by their names. An empty value counts as not set.
pub type Variables = BTreeMap<String, String>;

/// The environment, and `.env` for what it does not set.
///
/// # Errors
/// One line that says what is wrong with `.env`, or which variable is not UTF-8: read as well as it
/// can be, it would have another value.
pub(crate) fn variables() -> Result<Variables, String> {
    let mut variables = env_file::read()?;
    for (name, value) in std::env::vars_os().filter(|(_, value)| !value.is_empty()) {
        match (name.into_string(), value.into_string()) {
            (Ok(name), Ok(value)) => drop(variables.insert(name, value)),
            (Ok(name), Err(_)) if example(&name).is_some() => {
                return Err(format!("{name} is not UTF-8"));
            }
            _ => {}
        }
    }
    variables.retain(|_, value| !value.is_empty());
    Ok(variables)
}

/// Reads the arguments, and before them the variables as the options of the same name, so that an
/// argument wins. Ends the process for `--help` and the like, as clap's own `parse` does.
pub(crate) fn parse<T: CommandFactory + FromArgMatches>(
    variables: &Variables,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<T, ConfigurationError> {
    let command = T::command().args_override_self(true);
    let command = command.mut_args(|arg| arg.global(true));
    let mut arguments = arguments.into_iter();
    let mut all = vec![arguments.next().unwrap_or_default()];
    for flag in command.get_arguments().filter_map(Arg::get_long) {
        let value = variables.get(&variable(flag));
        let value = value.filter(|value| !value.is_empty());
        all.extend(value.map(|value| format!("--{flag}={value}").into()));
    }
    all.extend(arguments);
    let matches = command.try_get_matches_from(all);
    let parsed = matches.and_then(|matches| T::from_arg_matches(&matches));
    parsed.map_err(unusable)
}

/// What clap says, without the value that it quotes.
fn unusable(error: clap::Error) -> ConfigurationError {
    match (error.get(ContextKind::InvalidArg), error.source()) {
        (Some(ContextValue::String(option)), Some(source)) => {
            let (flag, _) = option.split_once(' ').unwrap_or((option, ""));
            let variable = variable(flag.trim_start_matches('-'));
            problem(&variable, format!("cannot be used: {source}"))
        }
        // A wrong option, and no wrong value.
        _ => error.exit(),
    }
}

fn variable(flag: &str) -> String {
    flag.to_ascii_uppercase().replace('-', "_")
}

/// What is wrong with a variable, with the example that `.env.example` has.
pub(crate) fn problem(variable: &str, problem: impl Into<String>) -> ConfigurationError {
    let (variable, example) = example(variable).expect("a test finds every variable there");
    let problem = problem.into();
    ConfigurationError {
        variable,
        problem,
        example,
    }
}

fn example(variable: &str) -> Option<(&'static str, &'static str)> {
    let lines = include_str!("../../.env.example").lines();
    let mut examples = lines.filter_map(|line| line.strip_prefix('#')?.split_once('='));
    let (variable, example) = examples.find(|(name, _)| *name == variable)?;
    Some((variable, example.trim_matches('\'')))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Options, variable};

    #[test]
    fn the_example_file_names_every_variable_with_its_default() {
        let example = include_str!("../../.env.example");
        for argument in Options::command().get_arguments() {
            let line = format!("\n#{}=", variable(argument.get_long().unwrap()));
            assert!(
                example.contains(&line),
                "{line} is missing from .env.example"
            );
            for default in argument.get_default_values() {
                let line = format!("{line}{}\n", default.to_str().unwrap());
                assert!(
                    example.contains(&line),
                    "{line} is missing from .env.example"
                );
            }
        }
        assert!(example.contains("\n#REQIO_SECRET='") && example.contains("\n#RUST_LOG=info\n"));
    }
}
