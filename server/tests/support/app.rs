//! An app of a test's own: its own ports, its own database.

use server::{Server, config::Config};
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

/// A sandbox for others than this machine, over https through a proxy on this machine.
pub(crate) const HTTPS: [(&str, &str); 3] = [
    ("PUBLIC_URL", "https://app.example.com"),
    ("SANDBOX_PUBLIC_URL", "https://sandbox.example.com"),
    ("TRUSTED_PROXY", "127.0.0.1"),
];

impl App {
    /// The origin of the app's own pages.
    pub(crate) const PUBLIC_URL: &str = "http://localhost:3000";

    /// An app in sandbox mode with an empty database.
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// An app with an empty database and these variables.
    pub(crate) async fn with(variables: &[(&str, &str)]) -> Self {
        Self::with_database(TestDatabase::new(), variables).await
    }

    /// The same, of SQLite whatever the tests are run on.
    pub(crate) async fn in_a_file() -> Self {
        Self::with_database(TestDatabase::in_a_file(), &[]).await
    }

    async fn with_database(place: TestDatabase, variables: &[(&str, &str)]) -> Self {
        let app = Self::on(&place, variables).await;
        Self {
            place: Some(place),
            ..app
        }
    }

    /// An app with this database and these variables.
    pub(crate) async fn on(place: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        log::show_in_failed_tests();
        let usual = [
            ("ADDR", "127.0.0.1:0"),
            ("SANDBOX_ADDR", "127.0.0.1:0"),
            ("PUBLIC_URL", Self::PUBLIC_URL),
            ("DATABASE_URL", &place.url),
            ("SIGN_IN_LIMIT", "1000000"),
        ];
        let variables = usual.iter().chain(variables);
        let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::from_variables(&variables.collect()).unwrap();
        let server = Server::start(config).await.unwrap();
        let origin = format!("http://{}", server.addr);
        let sandbox = server.sandbox_url.as_ref().map(ToString::to_string);
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
