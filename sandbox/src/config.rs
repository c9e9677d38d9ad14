//! What a sandbox is told before it starts.

use crate::clock::Clock;
use crate::origin::AllowedOrigins;
use crate::project::{ConfigError, ProjectId, SigningSecret};
use crate::seed::Seed;
use crate::token::Verifier;

/// Everything a [`Sandbox`](crate::Sandbox) needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// The one project that this sandbox serves.
    pub project: ProjectId,
    /// The key that tokens must be signed with.
    pub secret: SigningSecret,
    /// The audience that tokens must name, by default `https://reqio.app/p/<project id>`.
    pub audience: String,
    /// The pages whose scripts may call the widget's API. Where one of them is not on this machine,
    /// others are taken to reach the sandbox: nobody scripts it, and no email address is shown.
    pub allowed_origins: AllowedOrigins,
    /// The backlog that it starts with and is put back to.
    pub seed: Seed,
    /// Where the time comes from.
    pub clock: Clock,
    /// What amounts are shown in: `$`, the demo's own, or another sign or code.
    pub currency: String,
}

impl Config {
    /// A sandbox for `project` whose tokens are signed with `secret`: the documented audience,
    /// pages on any loopback origin, an empty backlog, amounts in US dollars.
    ///
    /// # Errors
    /// [`ConfigError`] when the project id or the secret cannot be used.
    pub fn new(project: impl Into<String>, secret: impl Into<String>) -> Result<Self, ConfigError> {
        let (project, secret) = (ProjectId::new(project)?, SigningSecret::new(secret)?);
        Ok(Self {
            audience: format!("https://reqio.app/p/{project}"),
            secret,
            project,
            allowed_origins: AllowedOrigins::AnyLoopback,
            seed: Seed::default(),
            clock: Clock::default(),
            currency: "$".into(),
        })
    }

    /// Whether others than this machine are taken to reach the sandbox.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.allowed_origins.are_loopback()
    }
}

impl From<&Config> for Verifier {
    fn from(config: &Config) -> Self {
        Self {
            project: config.project.clone(),
            secret: config.secret.clone(),
            audience: config.audience.clone(),
        }
    }
}
