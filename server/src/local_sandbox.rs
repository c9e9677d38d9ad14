//! The sandbox, on an origin of its own in this process.

#[cfg(test)]
mod tests;

use std::{error::Error, future::Future};

use sandbox::{AllowedOrigins, Config, Sandbox, Seed};
use tokio::net::TcpListener;

use crate::{
    config::{Reqio, SANDBOX_SECRET},
    connections::{self, Limits},
    public_url::PublicUrl,
};

/// A sandbox that is ready to serve.
pub(crate) struct LocalSandbox {
    sandbox: Sandbox,
    listener: TcpListener,
    origin: String,
}

impl LocalSandbox {
    /// A sandbox on `listener` that browsers reach at `url`, for pages at `app`.
    pub(crate) async fn open(
        listener: TcpListener,
        url: &PublicUrl,
        app: &PublicUrl,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let project = Reqio::Sandbox.audience().project_id().to_string();
        let mut config = Config::new(project, SANDBOX_SECRET)?;
        config.seed = Seed::demo();
        // Where others reach either, there may be a proxy on this machine, and connections from this
        // machine may be anybody's: then nobody may script the sandbox.
        if !app.is_loopback() || !url.is_loopback() {
            let origins = vec![app.to_string().parse()?, url.to_string().parse()?];
            config.allowed_origins = AllowedOrigins::These(origins);
        }
        let sandbox = Sandbox::open(config).await?;
        Ok(Self {
            sandbox,
            listener,
            origin: url.to_string(),
        })
    }

    /// The origin at which browsers reach it.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Serves until `shutdown`, within the limits of the app.
    pub(crate) async fn serve(self, limits: Limits, shutdown: impl Future<Output = ()>) {
        let router = self.sandbox.router();
        let shutdown = async {
            shutdown.await;
            self.sandbox.close();
        };
        connections::serve(self.listener, router, limits, shutdown).await;
    }
}
