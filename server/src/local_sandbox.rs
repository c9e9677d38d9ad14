//! The sandbox, on its own origin in this process.

use std::{future::Future, io};

use sandbox::{AllowedOrigins, Config, ConfigError, OpenError, OriginError, Sandbox, Seed};
use tokio::net::TcpListener;

use crate::config::{PublicUrl, SANDBOX_SECRET, sandbox_audience};

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
    /// Its state cannot be opened.
    Open(#[from] OpenError),
}

impl LocalSandbox {
    /// A sandbox on `listener`, for pages at `app`. Browsers find it at `public_url`, or else on this
    /// machine.
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
        if !app.is_loopback() {
            config.allowed_origins = AllowedOrigins::These(vec![app.to_string().parse()?]);
        }
        Ok(Self {
            sandbox: Sandbox::open(config).await?,
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

    /// Serves until `stop`.
    pub(crate) async fn serve(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        self.sandbox.serve(self.listener, stop).await
    }
}
