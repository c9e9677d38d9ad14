//! The running sandbox: its handle, and what its requests share.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::serve::{ListenerExt as _, TapIo};
use sqlx::migrate::MigrateError;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Semaphore, watch};

use crate::http;
use crate::store::Store;
use crate::token::Verifier;
use crate::{Config, Faults, Seed};

/// How many pages can follow the backlog live, and tests wait for something to be seen, at once.
const STREAMS: usize = 100;

/// A running sandbox. Clones are handles to the same one.
#[derive(Clone)]
pub struct Sandbox {
    pub(crate) config: Arc<Config>,
    pub(crate) verifier: Arc<Verifier>,
    pub(crate) store: Store,
    /// What a reset goes back to.
    pub(crate) seed: Arc<Mutex<Seed>>,
    /// Bounds the event streams that are open at once.
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) pulse: watch::Sender<Pulse>,
}

/// What those who wait are told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pulse {
    /// Grows with every change of what the pages show.
    pub(crate) revision: u64,
    /// What goes wrong on purpose.
    pub(crate) faults: Faults,
    /// Whether everything that waits should end, since the server is about to.
    pub(crate) closing: bool,
}

/// Why a sandbox did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database could not be opened or written.
    #[error("the sandbox's database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// Its tables are not those of this version, nor of one before it.
    #[error(
        "another version of the sandbox has been at its database, or something else: start that \
         one, or name another file"
    )]
    OtherVersion,
    /// The file keeps another project's backlog.
    #[error(
        "the sandbox's database belongs to the project {owner:?}; name another file or that project"
    )]
    OtherProject {
        /// The project that the file was made for.
        owner: String,
    },
}

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                Self::OtherVersion
            }
            error => Self::Database(error.into()),
        }
    }
}

impl Sandbox {
    /// Opens the sandbox's memory, in the file that `config` names or else in this process.
    ///
    /// # Errors
    /// [`OpenError`] when the file cannot be opened, read or written, or is another project's.
    pub async fn open(config: Config) -> Result<Self, OpenError> {
        let store = Store::open(&config).await?;
        let verifier = Verifier::from(&config);
        Ok(Self {
            seed: Arc::new(Mutex::new(config.seed.clone())),
            config: Arc::new(config),
            verifier: Arc::new(verifier),
            store,
            streams: Arc::new(Semaphore::new(STREAMS)),
            pulse: watch::Sender::default(),
        })
    }

    /// Everything the sandbox answers, to be served at the root of an origin of its own.
    ///
    /// [`Sandbox::serve`] is the ready-made way. One who serves this router by other means calls
    /// [`Sandbox::close`] when shutting down, and gives it connection information: without that,
    /// nobody may use `/sandbox/v1/`.
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
        let service = self
            .router()
            .into_make_service_with_connect_info::<SocketAddr>();
        let graceful = async move {
            shutdown.await;
            self.close();
        };
        axum::serve(undelayed(listener), service)
            .with_graceful_shutdown(graceful)
            .await
    }

    /// Ends the event streams and the waits under way, which a graceful shutdown would otherwise
    /// wait for.
    pub fn close(&self) {
        self.pulse.send_modify(|pulse| pulse.closing = true);
    }

    /// Tells the open pages that something they show has changed.
    pub(crate) fn changed(&self) {
        self.pulse.send_modify(|pulse| pulse.revision += 1);
    }

    pub(crate) fn pulse(&self) -> watch::Receiver<Pulse> {
        self.pulse.subscribe()
    }

    pub(crate) fn now(&self) -> i64 {
        self.config.clock.now()
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
