//! From a configuration to a running server: everything that can fail fails here, before the first
//! request.

use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use accounts::{Accounts, Attempts, DemoCustomers, OpenError};
use app::{
    DEMO_CUSTOMERS, DEMO_PASSWORD, ReqioProject,
    backend::{Backend, ClientAddresses, SessionCookie, add_demo_customers, leave_sandbox},
};
use axum::Router;
use reqio_identity::{MintError, Subject};
use tokio::{net::TcpListener, sync::watch};

use crate::{
    config::{Config, ReqioConfig, SandboxConfig},
    connections::{self, Limits},
    dist, faults, housekeeping, http,
    local_sandbox::{LocalSandbox, SandboxError},
};

/// How long requests may take to finish after the server was asked to stop.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);

/// A server that is ready to serve: its ports are bound and its database is open.
pub struct Server {
    listener: TcpListener,
    router: Router,
    backend: Arc<Backend>,
    sandbox: Option<LocalSandbox>,
    public_url: String,
    trusted_proxy: Option<IpAddr>,
}

/// Why the server did not start. Each is one line for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Something else listens there, or this process may not.
    #[error("{variable}: cannot listen on {addr}: {error}")]
    Listen {
        /// The variable that says where to listen.
        variable: &'static str,
        /// What it says.
        addr: SocketAddr,
        /// Why not.
        error: std::io::Error,
    },
    /// The database cannot be opened, brought up to date or written to.
    #[error("DATABASE_URL: cannot use {url}: {error}")]
    Database {
        /// What the variable says, without user and password.
        url: String,
        /// Why not.
        error: OpenError,
    },
    /// The accounts could not be made ready.
    #[error("the accounts cannot be made ready: {0}")]
    Accounts(#[from] accounts::Error),
    /// The sandbox could not be made ready.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// This machine cannot sign a token.
    #[error("no token can be minted: {0}")]
    Mint(#[from] MintError),
}

impl Server {
    /// Binds the ports, opens the database and puts everything together.
    ///
    /// # Errors
    /// [`StartError`]; nothing is left behind half-started.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let listener = listen("ADDR", config.addr).await?;
        let (widget_url, sandbox) = match &config.reqio {
            ReqioConfig::Real(real) => (real.script.url().to_owned(), None),
            ReqioConfig::Sandbox(SandboxConfig { addr, public_url }) => {
                let listener = listen("SANDBOX_ADDR", *addr).await?;
                let opening = LocalSandbox::open(listener, public_url.as_ref(), &config.public_url);
                let sandbox = opening.await?;
                (sandbox.widget_url(), Some(sandbox))
            }
        };
        let project_id = config.reqio.audience().project_id().clone();
        let reqio = ReqioProject {
            project_id,
            widget_url,
            sandbox: sandbox.is_some(),
        };
        let accounts = open_accounts(&config).await?;
        let minter = config.reqio.minter();
        // The signing library fails at its first use if it was built without cryptography: let that
        // be now.
        minter.mint(&Subject::new("start"))?;
        let attempts = Attempts::per_minute(config.sign_in_limit, &accounts);
        let backend = Arc::new(Backend::new(
            accounts,
            minter,
            reqio,
            SessionCookie::new(config.public_url.is_https()),
            attempts,
            ClientAddresses::new(config.trusted_proxy),
        ));
        let mut router = http::router(Arc::clone(&backend), &config, dist::files());
        if sandbox.is_some() {
            router = faults::around(router);
        }
        Ok(Self {
            listener,
            router,
            backend,
            sandbox,
            public_url: config.public_url.to_string(),
            trusted_proxy: config.trusted_proxy,
        })
    }

    /// What to tell the person who started it.
    #[must_use]
    pub fn announcement(&self) -> String {
        let project = &self.backend.reqio().project_id;
        match &self.sandbox {
            Some(sandbox) => format!(
                "Open {} and sign in as one of {}; the password is {DEMO_PASSWORD}.\n\
                 The sandbox stands in for Reqio at {origin}; \
                 its backlog is at {origin}/p/{project}.\n\
                 With REQIO_PROJECT_ID and REQIO_SECRET set, this same page talks to reqio.app.",
                self.public_url,
                DEMO_CUSTOMERS.map(|customer| customer.email).join(", "),
                origin = sandbox.origin()
            ),
            None => format!(
                "Open {}\nIdentifies users to the Reqio project {project}",
                self.public_url
            ),
        }
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// Whatever the system says when asked.
    pub fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The origin of its sandbox, if it has one.
    #[must_use]
    pub fn sandbox_origin(&self) -> Option<&str> {
        self.sandbox.as_ref().map(LocalSandbox::origin)
    }

    /// Serves until `stop`, then finishes the requests it has begun.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send + 'static) {
        let (stopping, stopped) = watch::channel(false);
        let wait = |mut stopped: watch::Receiver<bool>| async move {
            drop(stopped.wait_for(|stop| *stop).await)
        };
        let housekeeping = tokio::spawn(housekeeping::keep(Arc::clone(&self.backend)));
        // Whoever connects to both has one share.
        let limits = Limits::except_for(self.trusted_proxy);
        let sandbox = self
            .sandbox
            .map(|sandbox| tokio::spawn(sandbox.serve(limits.clone(), wait(stopped.clone()))));
        let serving = tokio::spawn(connections::serve(
            self.listener,
            self.router,
            limits,
            wait(stopped),
        ));
        stop.await;
        stopping.send_replace(true);
        if tokio::time::timeout(DRAIN_LIMIT, serving).await.is_err() {
            tracing::warn!(
                "requests still open after {} seconds were cut off",
                DRAIN_LIMIT.as_secs()
            );
        }
        if let Some(sandbox) = sandbox {
            sandbox.abort();
        }
        housekeeping.abort();
        self.backend.accounts().close().await;
    }
}

async fn listen(variable: &'static str, addr: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr)
        .await
        .map_err(|error| StartError::Listen {
            variable,
            addr,
            error,
        })
}

/// Opens the accounts' database, with the demo customers where the sandbox runs, and elsewhere
/// without them and whatever else a sandbox left there. Nothing but the start of the server does:
/// commands only read.
async fn open_accounts(config: &Config) -> Result<Accounts, StartError> {
    let settings = &config.database;
    let demo = config.reqio.demo_customers();
    let accounts = Accounts::open(settings, demo)
        .await
        .map_err(|error| StartError::Database {
            url: settings.url.to_string(),
            error,
        })?;
    match demo {
        DemoCustomers::Admitted => add_demo_customers(&accounts).await?,
        DemoCustomers::Refused => leave_sandbox(&accounts).await?,
    }
    Ok(accounts)
}
