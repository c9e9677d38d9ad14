//! Starts the server: what can fail fails here, before the first request.

use std::{
    error::Error,
    future::{Future, pending},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use accounts::Accounts;
use app::{
    DEMO_CUSTOMERS, DEMO_PASSWORD, ReqioProject,
    backend::{Backend, add_demo_customers},
};
use axum::Router;
use reqio_identity::Subject;
use sandbox::Sandbox;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{interval, timeout},
};

use crate::{
    config::{Config, Reqio},
    connections::{MAX_CONNECTIONS, serve},
    dist, http, local_sandbox,
    public_url::PublicUrl,
};

/// How long to look for another program on the same port of this machine.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(200);
/// How often what has expired is deleted.
const PURGE_INTERVAL: Duration = Duration::from_secs(60);

/// A server that is ready to serve: its ports are bound and its database is open.
pub struct Server {
    /// The address it listens on.
    pub addr: SocketAddr,
    /// Where browsers reach its sandbox, if it has one.
    pub sandbox_url: Option<PublicUrl>,
    public_url: PublicUrl,
    listener: TcpListener,
    router: Router,
    state: Arc<Backend>,
    sandbox: Option<(TcpListener, Sandbox)>,
}

/// Why the server did not start: one line for the person at the terminal.
pub type StartError = Box<dyn Error + Send + Sync>;

impl Server {
    /// Binds the ports, opens the database and builds the router.
    ///
    /// # Errors
    /// [`StartError`]; nothing keeps running.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let Config { options, reqio, .. } = &config;
        let (listener, local_url) = listen("ADDR", options.addr).await?;
        let public_url = options.public_url.clone().unwrap_or(local_url);
        let (mut sandbox, mut sandbox_url) = (None, None);
        let widget_url = match reqio {
            Reqio::Real(real) => real.script.url().to_owned(),
            Reqio::Sandbox => {
                let (listener, local_url) = listen("SANDBOX_ADDR", options.sandbox_addr).await?;
                let url = options.sandbox_public_url.clone().unwrap_or(local_url);
                sandbox = Some((listener, local_sandbox::open(&url, &public_url)?));
                format!("{}/widget.js", sandbox_url.insert(url))
            }
        };
        let (minter, audience) = reqio.minter();
        // A signing library that was built without cryptography fails at its first use.
        minter.mint(&Subject::new("start"))?;
        let reqio = ReqioProject {
            project_id: audience.project_id().clone(),
            widget_url,
            sandbox: sandbox.is_some(),
        };
        let accounts = config.open_accounts().await?;
        if sandbox.is_some() {
            add_demo_customers(&accounts).await?;
        }
        let (https, proxy) = (public_url.is_https(), options.trusted_proxy);
        let state = Arc::new(Backend::new(accounts, minter, reqio, https, proxy));
        let router = http::router(Arc::clone(&state), &config, dist::files());
        let addr = listener.local_addr()?;
        Ok(Self {
            addr,
            sandbox_url,
            public_url,
            listener,
            router,
            state,
            sandbox,
        })
    }

    /// What to tell the person who started it.
    #[must_use]
    pub fn announcement(&self) -> String {
        let (url, project) = (&self.public_url, &self.state.reqio().project_id);
        match &self.sandbox_url {
            Some(sandbox) => format!(
                "Open {url} and sign in as one of {}; the password is {DEMO_PASSWORD}.\n\
                 The sandbox stands in for Reqio at {sandbox}; \
                 its backlog is at {sandbox}/p/{project}.\n\
                 With REQIO_PROJECT_ID and REQIO_SECRET set, this same page talks to reqio.app.",
                DEMO_CUSTOMERS.map(|customer| customer.email).join(", "),
            ),
            None => format!("Open {url}\nIdentifies users to the Reqio project {project}"),
        }
    }

    /// Serves until `shutdown`, then finishes the requests that have begun.
    pub async fn run_until(self, shutdown: impl Future<Output = ()>) {
        let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        let sandbox = self.sandbox.map(|(listener, sandbox)| {
            let router = sandbox.router();
            tokio::spawn(serve(listener, router, Arc::clone(&permits), pending()))
        });
        let accounts = self.state.accounts();
        let purge = tokio::spawn(purge(accounts.clone()));
        serve(self.listener, self.router, permits, shutdown).await;
        sandbox.inspect(|sandbox| sandbox.abort());
        purge.abort();
        accounts.close().await;
    }
}

/// Binds `addr`, and returns the address at which a browser on this machine finds it.
async fn listen(variable: &str, addr: SocketAddr) -> Result<(TcpListener, PublicUrl), StartError> {
    let failed = |error| format!("{variable}: cannot listen on {addr}: {error}");
    let listener = TcpListener::bind(addr).await.map_err(failed)?;
    let port = listener.local_addr()?.port();
    let ip = addr.ip();
    let is_localhost =
        ip.is_unspecified() || ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST;
    if !is_localhost {
        let url = format!("http://{}", SocketAddr::new(ip, port)).parse()?;
        return Ok((listener, url));
    }
    let localhost = format!("http://localhost:{port}").parse()?;
    // `localhost` is 127.0.0.1 and [::1]. If one is ours, another program may have the other.
    let (own, other) = match addr.ip() {
        IpAddr::V4(_) => (format!("127.0.0.1:{port}"), format!("[::1]:{port}")),
        IpAddr::V6(ip) if ip.is_loopback() => {
            (format!("[::1]:{port}"), format!("127.0.0.1:{port}"))
        }
        IpAddr::V6(_) => return Ok((listener, localhost)),
    };
    if !matches!(
        timeout(CONNECT_TIMEOUT, TcpStream::connect(&other)).await,
        Ok(Ok(_))
    ) {
        return Ok((listener, localhost));
    }
    tracing::warn!(
        "{variable}: another program listens on {other}, which browsers may reach as {localhost}. \
         Open http://{own} instead"
    );
    Ok((listener, format!("http://{own}").parse()?))
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
