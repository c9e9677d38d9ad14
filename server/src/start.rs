//! Starts the server: what can fail fails here, before the first request.

use std::{
    future::Future,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use accounts::{Accounts, Mode, OpenError};
use app::{
    DEMO_CUSTOMERS, DEMO_PASSWORD, ReqioProject,
    backend::{AppState as Backend, add_demo_customers},
};
use axum::Router;
use reqio_identity::{MintError, Subject};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{interval, timeout},
};

use crate::{
    config::{Config, Reqio},
    connections::{self, Limits},
    dist, http,
    local_sandbox::LocalSandbox,
    public_url::PublicUrl,
};

/// How long requests may take to finish once the server is asked to stop.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to look for another program on the same port of this machine.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(200);
/// How often what has expired is deleted.
const PURGE_INTERVAL: Duration = Duration::from_secs(60);

/// A server that is ready to serve: its ports are bound and its database is open.
pub struct Server {
    listener: TcpListener,
    router: Router,
    backend: Arc<Backend>,
    sandbox: Option<LocalSandbox>,
    public_url: PublicUrl,
}

/// Why the server did not start. Each is one line for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there, or this process may not.
    #[error("{variable}: cannot listen on {addr}: {error}")]
    Listen {
        /// The variable that says where to listen.
        variable: &'static str,
        /// Its value.
        addr: SocketAddr,
        /// Why not.
        error: std::io::Error,
    },
    /// The database cannot be opened or written to.
    #[error("DATABASE_URL: cannot use {url}: {error}")]
    Database {
        /// Its value, without user and password.
        url: String,
        /// Why not.
        error: OpenError,
    },
    /// The demo customers could not be added.
    #[error("the demo customers cannot be added: {0}")]
    DemoCustomers(#[from] accounts::Error),
    /// The sandbox could not be started.
    #[error("the sandbox cannot be started: {0}")]
    Sandbox(Box<dyn std::error::Error + Send + Sync>),
    /// This machine cannot sign a token.
    #[error("no token can be minted: {0}")]
    Mint(#[from] MintError),
}

impl Server {
    /// Binds the ports, opens the database and builds the router.
    ///
    /// # Errors
    /// [`StartError`]; nothing keeps running.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let Config { options, reqio, .. } = &config;
        let (listener, local_url) = listen("ADDR", options.addr).await?;
        let public_url = options.public_url.clone().unwrap_or(local_url);
        let (widget_url, sandbox) = match reqio {
            Reqio::Real(real) => (real.script.url().to_owned(), None),
            Reqio::Sandbox => {
                let (listener, local_url) = listen("SANDBOX_ADDR", options.sandbox_addr).await?;
                let url = options.sandbox_public_url.clone().unwrap_or(local_url);
                let sandbox = LocalSandbox::open(listener, &url, &public_url);
                (
                    format!("{url}/widget.js"),
                    Some(sandbox.await.map_err(StartError::Sandbox)?),
                )
            }
        };
        let minter = reqio.minter();
        // A signing library that was built without cryptography fails at its first use.
        minter.mint(&Subject::new("start"))?;
        let accounts = open_accounts(&config).await?;
        let project = ReqioProject {
            project_id: reqio.audience().project_id().clone(),
            widget_url,
            sandbox: sandbox.is_some(),
        };
        let proxy = options.trusted_proxy;
        let backend = Backend::new(accounts, minter, project, public_url.is_https(), proxy);
        let backend = Arc::new(backend);
        let router = http::router(Arc::clone(&backend), &config, dist::files());
        Ok(Self {
            listener,
            router,
            backend,
            sandbox,
            public_url,
        })
    }

    /// What to tell the person who started it.
    #[must_use]
    pub fn announcement(&self) -> String {
        let (url, project) = (&self.public_url, &self.backend.reqio().project_id);
        match self.sandbox_origin() {
            Some(origin) => format!(
                "Open {url} and sign in as one of {}; the password is {DEMO_PASSWORD}.\n\
                 The sandbox stands in for Reqio at {origin}; \
                 its backlog is at {origin}/p/{project}.\n\
                 With REQIO_PROJECT_ID and REQIO_SECRET set, this same page talks to reqio.app.",
                DEMO_CUSTOMERS.map(|customer| customer.email).join(", "),
            ),
            None => format!("Open {url}\nIdentifies users to the Reqio project {project}"),
        }
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// Those of the system.
    pub fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The origin of its sandbox, if it has one.
    #[must_use]
    pub fn sandbox_origin(&self) -> Option<&str> {
        self.sandbox.as_ref().map(LocalSandbox::origin)
    }

    /// Serves until `shutdown`, then finishes the requests that have begun.
    pub async fn run_until(self, shutdown: impl Future<Output = ()> + Send + 'static) {
        let (stop, stopped) = watch::channel(false);
        let wait = |mut stopped: watch::Receiver<bool>| async move {
            drop(stopped.wait_for(|stop| *stop).await)
        };
        let accounts = self.backend.accounts().clone();
        let purge = tokio::spawn(purge(accounts.clone()));
        let limits = Limits::default();
        let sandbox = self
            .sandbox
            .map(|sandbox| tokio::spawn(sandbox.serve(limits.clone(), wait(stopped.clone()))));
        let app = connections::serve(self.listener, self.router, limits, wait(stopped));
        let app = tokio::spawn(app);
        shutdown.await;
        stop.send_replace(true);
        if timeout(SHUTDOWN_TIMEOUT, app).await.is_err() {
            let seconds = SHUTDOWN_TIMEOUT.as_secs();
            tracing::warn!("requests that were still open after {seconds} seconds were cut off");
        }
        if let Some(sandbox) = sandbox {
            sandbox.abort();
        }
        purge.abort();
        accounts.close().await;
    }
}

/// Binds `addr`, and returns the address at which a browser on this machine finds it.
async fn listen(
    variable: &'static str,
    addr: SocketAddr,
) -> Result<(TcpListener, PublicUrl), StartError> {
    let failed = |error| StartError::Listen {
        variable,
        addr,
        error,
    };
    let listener = TcpListener::bind(addr).await.map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    let localhost = PublicUrl::localhost(port);
    // `localhost` is 127.0.0.1 and [::1]. If one of them is ours, another program may have the other.
    let (own, other): (IpAddr, IpAddr) = match addr.ip() {
        IpAddr::V4(_) => (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_loopback() => (ip.into(), Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(_) => return Ok((listener, localhost)),
    };
    let (own, other) = (SocketAddr::new(own, port), SocketAddr::new(other, port));
    if !matches!(
        timeout(CONNECT_TIMEOUT, TcpStream::connect(other)).await,
        Ok(Ok(_))
    ) {
        return Ok((listener, localhost));
    }
    tracing::warn!(
        "{variable}: another program listens on {other}, which browsers may reach as {localhost}. \
         Open http://{own} instead"
    );
    Ok((
        listener,
        PublicUrl::from_host(&own.to_string()).unwrap_or(localhost),
    ))
}

async fn open_accounts(config: &Config) -> Result<Accounts, StartError> {
    let (options, mode) = (&config.options, config.reqio.mode());
    let url = &options.database_url;
    let accounts = Accounts::open(url, mode, options.sign_in_limit).await;
    let accounts = accounts.map_err(|error| {
        let url = url.to_string();
        StartError::Database { url, error }
    })?;
    if mode == Mode::Sandbox {
        add_demo_customers(&accounts).await?;
    }
    Ok(accounts)
}

/// Deletes what has expired, now and every minute.
async fn purge(accounts: Accounts) {
    let mut ticks = interval(PURGE_INTERVAL);
    loop {
        ticks.tick().await;
        match accounts.purge().await {
            Ok(0) => {}
            Ok(deleted) => tracing::info!(deleted, "purged what has expired"),
            Err(error) => tracing::error!(%error, "what has expired could not be purged"),
        }
    }
}
