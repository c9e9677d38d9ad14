//! An app of a test's own: its own ports, its own database.

use server::{
    Server,
    config::{Config, Variables},
};
use test_database::TestDatabase;
use tokio::{sync::oneshot, task::JoinHandle};

use super::{Visitor, log};

/// A running server, and its sandbox where it has one.
pub(crate) struct App {
    /// Where tests reach it. Visitors are told [`App::PUBLIC_URL`].
    pub(crate) origin: String,
    /// Where its sandbox is.
    pub(crate) sandbox: Option<String>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
    /// Deleted with the app, unless a test brought a database of its own.
    place: Option<TestDatabase>,
}

/// A sandbox that others may come to, over https through a proxy on this machine.
pub(crate) fn https(variables: &mut Variables) {
    variables.public_url = Some("https://app.example.com".to_owned());
    variables.sandbox_public_url = Some("https://sandbox.example.com".to_owned());
    variables.trusted_proxy = Some("127.0.0.1".to_owned());
}

impl App {
    /// The origin of the app's own pages.
    pub(crate) const PUBLIC_URL: &str = "http://localhost:3000";

    /// An app in sandbox mode with an empty database.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// An app with an empty database and some variables set otherwise.
    pub(crate) async fn with(set: impl FnOnce(&mut Variables)) -> Self {
        Self::with_database(TestDatabase::new(), set).await
    }

    /// The same, of SQLite whatever the tests are run on.
    pub(crate) async fn in_a_file() -> Self {
        Self::with_database(TestDatabase::in_a_file(), |_| {}).await
    }

    async fn with_database(place: TestDatabase, set: impl FnOnce(&mut Variables)) -> Self {
        let app = Self::on(&place, set).await;
        Self {
            place: Some(place),
            ..app
        }
    }

    /// An app with this database.
    pub(crate) async fn on(place: &TestDatabase, set: impl FnOnce(&mut Variables)) -> Self {
        log::show_in_failed_tests();
        let mut variables = Variables {
            addr: Some("127.0.0.1:0".to_owned()),
            sandbox_addr: Some("127.0.0.1:0".to_owned()),
            public_url: Some(Self::PUBLIC_URL.to_owned()),
            database_url: Some(place.url.clone()),
            sign_in_limit: Some("1000000".to_owned()),
            ..Variables::default()
        };
        set(&mut variables);
        let server = Server::start(Config::new(variables).unwrap())
            .await
            .unwrap();
        let origin = format!("http://{}", server.local_addr().unwrap());
        let sandbox = server.sandbox_origin().map(str::to_owned);
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(server.run_until(async { drop(stopped.await) }));
        Self {
            origin,
            sandbox,
            stop,
            serving,
            place: None,
        }
    }

    /// Somebody new.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.origin)
    }

    /// The database of an app that made its own.
    pub(crate) fn database(&self) -> &TestDatabase {
        self.place.as_ref().unwrap()
    }

    /// Stops it and waits until its database is closed.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap();
    }
}
