//! Connections, with limits: `axum::serve` sets none, so a client that never finishes its request,
//! or never reads the answer, would stay for ever.

#[cfg(test)]
mod tests;

use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use crate::fair_share::FairShares;

/// How long the head of a request may take to arrive, and how long a connection may lie idle before
/// the next one.
const HEAD_TIME_LIMIT: Duration = Duration::from_secs(10);
/// For how long a client may read nothing of what it asked for.
const WRITE_TIME_LIMIT: Duration = Duration::from_secs(30);
/// How many connections are open at once. The next one waits until one of them closes.
const MOST_CONNECTIONS: usize = 2_048;
/// How many of them one client may have: a quarter.
const MOST_OF_ONE_CLIENT: usize = MOST_CONNECTIONS / 4;
/// The largest head of a request, in bytes. hyper would take 400 kB of every connection.
const LARGEST_HEAD: usize = 16 * 1_024;
/// How long to wait when the system has no more sockets to give.
const PAUSE: Duration = Duration::from_millis(100);

/// What is open, and how much of it and how long it may be. Clones count together.
#[derive(Clone)]
pub(crate) struct Limits {
    open: Arc<Semaphore>,
    shares: Arc<FairShares>,
    write_time: Duration,
}

impl Limits {
    /// The usual ones. `proxy` brings everybody's connections and has no share of its own.
    pub(crate) fn except_for(proxy: Option<IpAddr>) -> Self {
        Self {
            open: Arc::new(Semaphore::new(MOST_CONNECTIONS)),
            shares: Arc::new(FairShares::new(MOST_OF_ONE_CLIENT, proxy)),
            write_time: WRITE_TIME_LIMIT,
        }
    }

    /// As many connections as a test can open, and half of them for one client.
    #[cfg(test)]
    pub(crate) fn of(most: usize) -> Self {
        Self {
            open: Arc::new(Semaphore::new(most)),
            shares: Arc::new(FairShares::new(most / 2, None)),
            write_time: WRITE_TIME_LIMIT,
        }
    }
}

/// Serves `router` on `listener` until `stop`, then lets the requests finish that have begun.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, Arc::clone(&limits.open)) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, permit)) = accepted else {
            continue;
        };
        // Closed at once: to wait for the others of this client would let it hold up everybody.
        let Some(share) = limits.shares.take(peer.ip()) else {
            tracing::debug!(%peer, "a client has enough connections");
            continue;
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.write_time));
        // The router, told who is at the other end.
        let service = router
            .clone()
            .map_request(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(ConnectInfo(peer));
                request
            });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME_LIMIT)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(
                TokioIo::new(Box::pin(stream)),
                TowerToHyperService::new(service),
            );
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((permit, share));
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn accept(
    listener: &TcpListener,
    open: Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = open.acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Head and body of an answer may leave in two packets. Without this the second waits
            // for the client to acknowledge the first, which it puts off for 40 ms.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, permit))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection was not accepted");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}
