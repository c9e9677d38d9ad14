//! The project that every command is about.

use clap::Args;
use sandbox::{Config, SigningSecret};

#[derive(Args)]
pub(super) struct Project {
    /// The project id.
    #[arg(long, env = "REQIO_PROJECT_ID", default_value = "demo")]
    project: String,
    /// The signing secret, at least 32 bytes.
    #[arg(long, env = "REQIO_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// The audience that tokens must name [default: https://reqio.app/p/<PROJECT>]
    #[arg(long, env = "REQIO_AUDIENCE")]
    audience: Option<String>,
}

impl Project {
    pub(super) fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// The configuration with the secret that was given.
    pub(super) fn config(self) -> Result<Config, String> {
        if self.secret.is_none() {
            return Err("the secret is needed: set REQIO_SECRET, or give --secret".into());
        }
        self.config_or_made_up()
    }

    /// The configuration, where need be with a secret made up for it.
    pub(super) fn config_or_made_up(self) -> Result<Config, String> {
        let secret = match self.secret {
            Some(secret) => SigningSecret::new(secret),
            None => SigningSecret::made_up(),
        };
        let configured = secret.and_then(|secret| Config::new(self.project, secret.expose()));
        let mut config = configured.map_err(|error| error.to_string())?;
        if let Some(audience) = self.audience {
            config.audience = audience;
        }
        Ok(config)
    }
}
