//! How the sandbox is served.

use std::future::Future;
use std::net::SocketAddr;

use axum::Router;
use axum::serve::{ListenerExt as _, TapIo};
use tokio::net::{TcpListener, TcpStream};

use crate::http;
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Everything the sandbox answers, to be served at the root of an origin of its own, with
    /// connection information: without that, nobody may use `/sandbox/v1/`. Whoever serves it calls
    /// [`Sandbox::close`] when shutting down.
    pub fn router(&self) -> Router {
        http::router(self.clone())
    }

    /// Serves on `listener` until `shutdown` completes, and then until the requests under way are
    /// answered.
    ///
    /// # Errors
    /// Those of [`axum::serve()`].
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let router = self.router();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let graceful = async move {
            shutdown.await;
            self.close();
        };
        axum::serve(undelayed(listener), service)
            .with_graceful_shutdown(graceful)
            .await
    }
}

/// Without it the second packet of an answer waits for the first to be acknowledged, 40 ms.
fn undelayed(listener: TcpListener) -> TapIo<TcpListener, fn(&mut TcpStream)> {
    listener.tap_io(|stream| drop(stream.set_nodelay(true)))
}

#[cfg(test)]
mod tests {
    use axum::serve::Listener as _;

    use super::*;

    #[tokio::test]
    async fn no_packet_waits_for_the_one_before_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let _client = TcpStream::connect(address).await.unwrap();
        let (stream, _) = undelayed(listener).accept().await;
        assert!(stream.nodelay().unwrap());
    }
}
