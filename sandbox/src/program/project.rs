//! The project that every command is about.

use clap::Args;
use sandbox::{Config, SigningSecret};

use super::Failure;

#[derive(Args)]
pub(super) struct Project {
    /// The project id.
    #[arg(long, env = "REQIO_PROJECT_ID", default_value = "demo")]
    project: String,
    /// The signing secret, at least 32 bytes.
    #[arg(long, env = "REQIO_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// The audience that tokens must name.
    #[arg(
        long,
        env = "REQIO_AUDIENCE",
        help = "The audience that tokens must name [default: https://reqio.app/p/<PROJECT>]"
    )]
    audience: Option<String>,
}

impl Project {
    pub(super) fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// The configuration with the secret that was given.
    pub(super) fn config(self) -> Result<Config, Failure> {
        if self.secret.is_none() {
            return Err("the secret is needed: set REQIO_SECRET, or give --secret".into());
        }
        self.config_or_made_up()
    }

    /// The configuration, where need be with a secret made up for it.
    pub(super) fn config_or_made_up(self) -> Result<Config, Failure> {
        let secret = match self.secret {
            Some(secret) => SigningSecret::new(secret),
            None => SigningSecret::made_up(),
        };
        let mut config = Config::new(self.project, secret?.expose())?;
        if let Some(audience) = self.audience {
            config.audience = audience;
        }
        Ok(config)
    }
}
