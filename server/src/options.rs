//! What the environment, `.env` and the command line say, with a type for each variable.

use std::{
    collections::BTreeMap,
    error::Error as _,
    ffi::OsString,
    fmt,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
};

use accounts::DatabaseUrl;
use clap::{
    CommandFactory, FromArgMatches, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};
use reqio_identity::ConfigurationError;

use crate::public_url::PublicUrl;

/// Every variable that the server reads, but for `REQIO_SECRET`: everybody on a machine can read the
/// arguments of its programs.
#[derive(Clone, Debug, Parser)]
pub struct Options {
    /// The id of your Reqio project; without it the local sandbox stands in for Reqio.
    #[arg(long, env, value_name = "ID")]
    pub reqio_project_id: Option<String>,

    /// The audience of the tokens; `https://reqio.app/p/<project id>` unless set.
    #[arg(long, env, value_name = "URL")]
    pub reqio_audience: Option<String>,

    /// Where the widget's script is; `https://reqio.app/widget.js` unless set.
    #[arg(long, env, value_name = "URL")]
    pub reqio_widget_url: Option<String>,

    /// Where the server listens.
    #[arg(long, env, value_name = "HOST:PORT", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,

    /// Where the sandbox listens.
    #[arg(long, env, value_name = "HOST:PORT", default_value = "127.0.0.1:3001")]
    pub sandbox_addr: SocketAddr,

    /// Where browsers reach the sandbox, if that is not this machine at the port of SANDBOX_ADDR.
    #[arg(long, env, value_name = "URL")]
    pub sandbox_public_url: Option<PublicUrl>,

    /// Where browsers reach the server. Unset, that is this machine at any port. https makes cookies
    /// Secure and turns on HSTS.
    #[arg(long, env, value_name = "URL")]
    pub public_url: Option<PublicUrl>,

    /// The database of the accounts; postgres:// lets several servers share one.
    #[arg(long, env, value_name = "URL", default_value = "sqlite://demo.db")]
    pub database_url: DatabaseUrl,

    /// Attempts to sign in a minute, for one account from one client address; 6 times as many for
    /// the address, 3 times as many for the account from unknown browsers; and sign-ups an hour.
    #[arg(long, env, value_name = "NUMBER", default_value = "10")]
    pub sign_in_limit: NonZeroU32,

    /// The address that a proxy connects from, whose X-Forwarded-For then counts. Required with an
    /// https PUBLIC_URL.
    #[arg(long, env, value_name = "ADDRESS")]
    pub trusted_proxy: Option<IpAddr>,
}

/// The variables of the process, or a test's own.
#[derive(Clone, Debug, Default)]
pub struct Variables(BTreeMap<String, OsString>);

impl Variables {
    /// The environment, and `.env` for what the environment does not set. A variable whose value is
    /// empty counts as not set.
    ///
    /// # Errors
    /// One line that says what is wrong with `.env`.
    pub fn read() -> Result<Self, String> {
        let file = crate::env_file::read()?.into_iter();
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        let file = file.map(|(name, value)| (name, OsString::from(value)));
        Ok(file
            .chain(environment.filter(|(_, value)| !value.is_empty()))
            .collect())
    }

    /// The value of a variable that is set.
    ///
    /// # Errors
    /// The [`Problem`] of a value that is not UTF-8: read as well as it can be, it would be another.
    pub(crate) fn text(&self, variable: &str) -> Result<Option<&str>, Problem> {
        match self.0.get(variable).map(|value| value.to_str()) {
            Some(None) => Err(Problem::new(variable, "is not UTF-8")),
            text => Ok(text.flatten().filter(|text| !text.is_empty())),
        }
    }
}

impl<N: Into<String>, V: Into<OsString>> FromIterator<(N, V)> for Variables {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(variables: T) -> Self {
        Self(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// A variable that cannot be used: its name, what is wrong, and a value that would do. Never the
/// value itself, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    variable: String,
    what: String,
}

impl Problem {
    pub(crate) fn new(variable: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            variable: variable.into(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { variable, what } = self;
        write!(formatter, "{variable} {what}")?;
        match example(variable) {
            Some(example) => write!(formatter, ". Example: {variable}={example}"),
            None => Ok(()),
        }
    }
}

impl From<ConfigurationError> for Problem {
    fn from(error: ConfigurationError) -> Self {
        Self::new(error.variable, error.problem)
    }
}

/// The value that `.env.example` shows for this variable.
fn example(variable: &str) -> Option<&'static str> {
    let lines = include_str!("../../.env.example").lines();
    lines
        .filter_map(|line| line.strip_prefix('#')?.split_once('='))
        .find_map(|(name, value)| (name == variable).then_some(value.trim_matches('\'')))
}

/// Reads the arguments, after the variables as the options that they set: `ADDR=x` is `--addr=x`,
/// and an argument wins over a variable. Ends the process for `--help` and what clap refuses, as
/// clap itself does.
///
/// # Errors
/// The [`Problem`] of an option whose value cannot be used.
pub(crate) fn parse<T: CommandFactory + FromArgMatches>(
    variables: &Variables,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<T, Problem> {
    let mut options = Vec::new();
    let command = T::command().args_override_self(true).mut_args(|arg| {
        let Some(variable) = arg
            .get_env()
            .map(|name| name.to_string_lossy().into_owned())
        else {
            return arg;
        };
        let help = format!(
            "{} [variable: {variable}]",
            arg.get_help().cloned().unwrap_or_default()
        );
        options.extend(arg.get_long().map(|flag| (variable, format!("--{flag}="))));
        // clap would take an empty variable for a value, and does not know `.env`.
        arg.env(None::<&str>).help(help).global(true)
    });
    let mut arguments = arguments.into_iter();
    let mut all = Vec::from_iter(arguments.next());
    for (variable, option) in options {
        let value = variables.text(&variable)?;
        all.extend(value.map(|value| (option + value).into()));
    }
    all.extend(arguments);
    let matches = command.try_get_matches_from(all);
    matches
        .and_then(|matches| T::from_arg_matches(&matches))
        .map_err(problem)
}

/// What clap says, without the value that clap quotes.
fn problem(error: clap::Error) -> Problem {
    let (Some(ContextValue::String(option)), ErrorKind::ValueValidation) =
        (error.get(ContextKind::InvalidArg), error.kind())
    else {
        error.exit()
    };
    let flag = option
        .split(' ')
        .next()
        .unwrap_or_default()
        .trim_start_matches('-');
    let why = error.source().map(ToString::to_string).unwrap_or_default();
    let variable = flag.to_ascii_uppercase().replace('-', "_");
    Problem::new(variable, format!("cannot be used: {why}"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Options;

    #[test]
    fn the_example_file_names_every_variable_with_its_default() {
        let example = include_str!("../../.env.example");
        for argument in Options::command().get_arguments() {
            let Some(variable) = argument.get_env().and_then(|name| name.to_str()) else {
                continue;
            };
            let line = format!("\n#{variable}=");
            assert!(
                example.contains(&line),
                "{variable} is missing from .env.example"
            );
            for default in argument.get_default_values() {
                let line = format!("{line}{}\n", default.to_str().unwrap());
                assert!(
                    example.contains(&line),
                    "{line} is missing from .env.example"
                );
            }
        }
        assert!(example.contains("\n#REQIO_SECRET='"));
    }
}
