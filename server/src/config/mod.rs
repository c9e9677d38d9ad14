//! The configuration: environment variables, read once, checked as a whole before anything starts.

mod database;
mod problem;
mod public_url;
mod reqio;
mod sandbox;
mod variables;

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
};

use accounts::DatabaseSettings;
pub use problem::Problem;
pub use public_url::PublicUrl;
pub use reqio::ReqioConfig;
pub(crate) use reqio::{SANDBOX_SECRET, sandbox_audience, sandbox_secret};
pub use sandbox::SandboxConfig;
pub use variables::Variables;

/// Everything the server is told, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub addr: SocketAddr,
    /// Where visitors reach it.
    pub public_url: PublicUrl,
    /// The database of the accounts.
    pub database: DatabaseSettings,
    /// Attempts to sign in or up a minute, per account and per client address.
    pub sign_in_limit: NonZeroU32,
    /// The proxy that says in `X-Forwarded-For` which address a request is from.
    pub trusted_proxy: Option<IpAddr>,
    /// Whether browsers are to insist on https for every subdomain too.
    pub hsts_include_subdomains: bool,
    /// The real Reqio, or the sandbox.
    pub reqio: ReqioConfig,
}

impl Config {
    /// Checks what the environment says.
    ///
    /// # Errors
    /// The first [`Problem`] found.
    pub fn new(variables: Variables) -> Result<Self, Problem> {
        let addr = parse(
            variables.addr.as_deref().unwrap_or("127.0.0.1:3000"),
            "ADDR",
            "127.0.0.1:3000",
        )?;
        let sandbox_addr = parse(
            variables
                .sandbox_addr
                .as_deref()
                .unwrap_or("127.0.0.1:3001"),
            "SANDBOX_ADDR",
            "127.0.0.1:3001",
        )?;
        let public_url = match &variables.public_url {
            Some(text) => PublicUrl::parse(text, "PUBLIC_URL", "https://app.example.com")?,
            None => PublicUrl::on_this_machine(addr),
        };
        let reqio = ReqioConfig::new(&variables, sandbox_addr)?;
        if let ReqioConfig::Sandbox(sandbox) = &reqio {
            sandbox.refuse_strangers(addr, &public_url)?;
        }
        let proxy = variables.trusted_proxy.as_deref();
        let trusted_proxy = proxy
            .map(|text| parse(text, "TRUSTED_PROXY", "10.0.0.1"))
            .transpose()?;
        if public_url.is_https() && trusted_proxy.is_none() {
            return Err(Problem::new(
                "TRUSTED_PROXY",
                "is missing, though PUBLIC_URL is https: unless it says from where whatever ends \
                 https connects, all visitors count as one and any of them stops every sign-in",
                "10.0.0.1",
            ));
        }
        let subdomains = variables.hsts_include_subdomains.as_deref();
        let limit = variables.sign_in_limit.as_deref().unwrap_or("10");
        Ok(Self {
            addr,
            public_url,
            database: database::settings(&variables)?,
            sign_in_limit: parse(limit, "SIGN_IN_LIMIT", "10")?,
            trusted_proxy,
            hsts_include_subdomains: parse(
                subdomains.unwrap_or("false"),
                "HSTS_INCLUDE_SUBDOMAINS",
                "true",
            )?,
            reqio,
        })
    }
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(
    text: &str,
    variable: &'static str,
    example: &'static str,
) -> Result<T, Problem> {
    text.parse()
        .map_err(|error| Problem::new(variable, format!("cannot be read ({error})"), example))
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, Command};

    use super::Variables;

    #[test]
    fn the_example_file_names_every_variable_with_its_default() {
        let example = include_str!("../../../.env.example");
        let command = Variables::augment_args(Command::new("server"));
        let variables = command
            .get_arguments()
            .filter_map(|argument| argument.get_env()?.to_str());
        for variable in variables.chain(["REQIO_SECRET"]) {
            assert!(
                example.contains(&format!("\n#{variable}=")),
                "{variable} is missing from .env.example"
            );
        }
        for argument in command.get_arguments() {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let default = help
                .split_once("[default: ")
                .and_then(|(_, rest)| rest.split_once(']'));
            if let Some((default, _)) = default.filter(|(default, _)| !default.contains('<')) {
                assert!(
                    example.contains(&format!("={default}\n")),
                    "{default} is missing from .env.example"
                );
            }
        }
    }
}
