//! The environment variables, as they stand.

use std::{env, ffi::OsStr};

use clap::{Arg, Args};
use secrecy::SecretString;

/// Every variable the server reads, each called as its field in capitals. `.env` is read too; the
/// environment goes first.
#[derive(Args, Clone, Debug, Default)]
pub struct Variables {
    /// The id of your Reqio project; without it the local sandbox plays Reqio's part.
    #[arg(long, env, value_name = "ID", global = true)]
    pub reqio_project_id: Option<String>,

    /// The project's signing secret (Project > Settings > Identity > Reveal secret), 32 bytes or
    /// more. Only from the environment: arguments are visible to everybody on the machine.
    #[arg(skip)]
    pub reqio_secret: Option<SecretString>,

    /// The audience of the tokens; `https://reqio.app/p/<project id>` unless set.
    #[arg(long, env, value_name = "URL", global = true)]
    pub reqio_audience: Option<String>,

    /// Where the widget's script is; `https://reqio.app/widget.js` unless set.
    #[arg(long, env, value_name = "URL", global = true)]
    pub reqio_widget_url: Option<String>,

    /// Where the server listens [default: 127.0.0.1:3000].
    #[arg(long, env, value_name = "HOST:PORT", global = true)]
    pub addr: Option<String>,

    /// Where the sandbox listens [default: 127.0.0.1:3001].
    #[arg(long, env, value_name = "HOST:PORT", global = true)]
    pub sandbox_addr: Option<String>,

    /// Where visitors reach the sandbox, for a sandbox that others than this machine may use.
    #[arg(long, env, value_name = "URL", global = true)]
    pub sandbox_public_url: Option<String>,

    /// Where visitors reach the server; https makes cookies Secure and turns on HSTS [default:
    /// http://localhost:3000].
    #[arg(long, env, value_name = "URL", global = true)]
    pub public_url: Option<String>,

    /// The accounts' database; a URL that begins with postgres:// lets several servers share one
    /// [default: sqlite://demo.db].
    #[arg(long, env, value_name = "URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// How many connections to the database this server opens at most [default: 8].
    #[arg(long, env, value_name = "NUMBER", global = true)]
    pub database_connections: Option<String>,

    /// Seconds that the database has for one statement, before whoever asked is told to come back
    /// [default: 5].
    #[arg(long, env, value_name = "SECONDS", global = true)]
    pub database_time_limit: Option<String>,

    /// Seconds that the start waits for a PostgreSQL that is not there yet [default: 30].
    #[arg(long, env, value_name = "SECONDS", global = true)]
    pub database_patience: Option<String>,

    /// Attempts to sign in or up a minute, per account and per client address, and new accounts an
    /// hour per address [default: 10].
    #[arg(long, env, value_name = "NUMBER", global = true)]
    pub sign_in_limit: Option<String>,

    /// The address of the one proxy in front of the server, whose X-Forwarded-For then says which
    /// client a request is from; without one, headers count for nothing. Required with https.
    #[arg(long, env, value_name = "ADDRESS", global = true)]
    pub trusted_proxy: Option<String>,

    /// Whether browsers are to insist on https for every subdomain of PUBLIC_URL too [default:
    /// false].
    #[arg(long, env, value_name = "BOOL", global = true)]
    pub hsts_include_subdomains: Option<String>,
}

impl Variables {
    /// The name of a variable whose value is no UTF-8, if there is one. Such a secret would be
    /// taken for not set, which means the sandbox, and clap does not say which variable it stumbles
    /// over.
    #[must_use]
    pub fn not_text() -> Option<String> {
        let arguments = Self::augment_args(clap::Command::new("server"));
        let mut names = arguments
            .get_arguments()
            .filter_map(Arg::get_env)
            .chain([OsStr::new("REQIO_SECRET")]);
        let found =
            names.find(|name| env::var_os(name).is_some_and(|value| value.to_str().is_none()));
        found.map(|name| name.to_string_lossy().into_owned())
    }

    /// Adds the secret from the environment, and takes what is set to nothing for not set, as
    /// `.env` files and container tools leave variables behind.
    #[must_use]
    pub fn completed(mut self) -> Self {
        self.reqio_secret = env::var("REQIO_SECRET")
            .ok()
            .filter(|text| !text.is_empty())
            .map(SecretString::from);
        for variable in [
            &mut self.reqio_project_id,
            &mut self.reqio_audience,
            &mut self.reqio_widget_url,
            &mut self.addr,
            &mut self.sandbox_addr,
            &mut self.sandbox_public_url,
            &mut self.public_url,
            &mut self.database_url,
            &mut self.database_connections,
            &mut self.database_time_limit,
            &mut self.database_patience,
            &mut self.sign_in_limit,
            &mut self.trusted_proxy,
            &mut self.hsts_include_subdomains,
        ] {
            variable.take_if(|text| text.is_empty());
        }
        self
    }
}
