//! The sandbox, on its own origin in this process.

#[cfg(test)]
mod tests;

use std::{future::Future, io};

use sandbox::{AllowedOrigins, Config, ConfigError, OriginError, Sandbox, Seed};
use tokio::net::TcpListener;

use crate::{
    config::{PublicUrl, SANDBOX_SECRET, sandbox_audience},
    connections::{self, Limits},
};

/// A sandbox that is ready to serve.
pub(crate) struct LocalSandbox {
    sandbox: Sandbox,
    listener: TcpListener,
    origin: String,
}

/// Why the sandbox could not be made ready.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox cannot be made ready: {0}")]
pub enum SandboxError {
    /// Its listener has no address.
    Listener(#[from] io::Error),
    /// Its configuration is refused.
    Config(#[from] ConfigError),
    /// The app's origin is not one it understands.
    Origin(#[from] OriginError),
}

impl LocalSandbox {
    /// A sandbox on `listener`, for pages at `app`. Browsers find it at `public_url`, or else on
    /// this machine.
    pub(crate) async fn open(
        listener: TcpListener,
        public_url: Option<&PublicUrl>,
        app: &PublicUrl,
    ) -> Result<Self, SandboxError> {
        let port = listener.local_addr()?.port();
        let origin = public_url.map_or_else(|| app.at_port(port), ToString::to_string);
        let project = sandbox_audience().project_id().to_string();
        let mut config = Config::new(project, SANDBOX_SECRET)?;
        config.seed = Seed::demo();
        // Once others reach either, a proxy may stand in front: its connections come from this
        // machine, whoever is behind them, and so nobody may script the sandbox.
        if !app.is_loopback() || public_url.is_some_and(|url| !url.is_loopback()) {
            let origins = [app.to_string().parse()?, origin.parse()?];
            config.allowed_origins = AllowedOrigins::These(origins.to_vec());
        }
        Ok(Self {
            sandbox: Sandbox::new(config),
            listener,
            origin,
        })
    }

    /// Where browsers find it.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Where its widget's script is.
    pub(crate) fn widget_url(&self) -> String {
        format!("{}/widget.js", self.origin)
    }

    /// Serves until `stop`, within the same limits as the app.
    pub(crate) async fn serve(self, limits: Limits, stop: impl Future<Output = ()>) {
        let router = self.sandbox.router();
        let stop = async {
            stop.await;
            self.sandbox.close();
        };
        connections::serve(self.listener, router, limits, stop).await;
    }
}
