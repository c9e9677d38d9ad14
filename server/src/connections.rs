//! Connections with limits, which `axum::serve` does not have: without them, a client that never
//! finishes its request or never reads the answer would stay for ever.

#[cfg(test)]
mod tests;

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

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

/// How long the head of a request may take to arrive, and how long a connection may be idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a client may read nothing of its answer. Shorter in the tests of this file.
const WRITE_TIMEOUT: Duration = if cfg!(test) {
    TEST_TIMEOUT
} else {
    Duration::from_secs(30)
};
const TEST_TIMEOUT: Duration = Duration::from_millis(100);
/// The largest head of a request, in bytes. hyper would take 400 kB.
const MAX_HEAD: usize = 16 * 1_024;
/// How long to wait when the system has no file descriptor left.
const PAUSE: Duration = Duration::from_millis(100);

/// Connections that are open at once; the next one waits until one closes. With one file descriptor
/// each, they stay within the 1,024 that a process usually gets.
pub(crate) const MAX_CONNECTIONS: usize = 512;

/// Serves `router` on `listener` until `shutdown`, then lets the requests finish that have begun.
/// `permits` is how many more connections may be open.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    permits: Arc<Semaphore>,
    shutdown: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, client, permit) = tokio::select! {
            accepted = accept(&listener, &permits) => accepted,
            () = &mut shutdown => break,
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(WRITE_TIMEOUT));
        let service = router
            .clone()
            .map_request(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(ConnectInfo(client));
                request
            });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(MAX_HEAD)
            .serve_connection(
                TokioIo::new(Box::pin(stream)),
                TowerToHyperService::new(service),
            );
        let connection = graceful.watch(connection);
        tokio::spawn(async move { (connection.await, permit).0 });
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits).acquire_owned().await;
    let permit = permit.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, client)) => {
                // Else the second packet of an answer may wait 40 ms for the acknowledged first.
                let _ = stream.set_nodelay(true);
                return (stream, client, permit);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
