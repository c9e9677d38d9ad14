//! A sandbox in a test's own process.

use std::ops::Deref;
use std::panic::Location;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{
    Cents, Config, ConfigError, OpenError, RequesterQuery, Sandbox, SigningSecret, VerdictQuery,
    token,
};

/// Why an assertion need not tell of a memory that fails.
const MEMORY: &str = "the sandbox's memory is in this process";

/// How long an assertion waits for what it asserts.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many of the last verdicts a failed assertion tells.
const VERDICTS_TOLD: usize = 5;

/// A sandbox that listens on a free port of this machine until it is dropped.
pub struct Running {
    sandbox: Sandbox,
    url: String,
    serving: JoinHandle<std::io::Result<()>>,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox did not start: {0}")]
pub enum StartError {
    /// There is no secret for it.
    Config(#[from] ConfigError),
    /// Its memory could not be opened.
    Open(#[from] OpenError),
    /// There is no port for it.
    Listen(#[from] std::io::Error),
}

impl Sandbox {
    /// Starts a sandbox for one test: the project `demo`, a secret of its own, an empty backlog.
    ///
    /// # Errors
    /// [`StartError`] when this machine has no port or no randomness to give.
    pub async fn start() -> Result<Running, StartError> {
        let config = Config::new("demo", SigningSecret::made_up()?.expose())?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let sandbox = Self::open(config).await?;
        let serving = tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        Ok(Running {
            sandbox,
            url,
            serving,
        })
    }
}

impl Running {
    /// Where it listens, such as `http://127.0.0.1:49152`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server under test is to have in its environment.
    #[must_use]
    pub fn variables(&self) -> [(&'static str, String); 4] {
        let Config {
            project,
            secret,
            audience,
            ..
        } = &*self.config;
        [
            ("REQIO_PROJECT_ID", project.to_string()),
            ("REQIO_SECRET", secret.expose().to_owned()),
            ("REQIO_AUDIENCE", audience.clone()),
            ("REQIO_WIDGET_URL", format!("{}/widget.js", self.url)),
        ]
    }

    /// A token with these claims, signed with its secret. `aud`, `iat` and `exp` are added where
    /// they are missing.
    #[must_use]
    pub fn mint(&self, claims: Map<String, Value>) -> String {
        let config = &self.config;
        token::mint(claims, &config.secret, &config.audience, self.now())
    }

    /// Asserts that within 10 seconds somebody has been identified as `id`, worth `monthly` a
    /// month.
    ///
    /// # Panics
    /// If nobody has been. The message tells what was seen instead.
    #[track_caller]
    pub fn assert_identified(
        &self,
        id: &str,
        monthly: Cents,
    ) -> impl Future<Output = ()> + use<'_> {
        let asserted = Location::caller();
        let expected = format!("{id} identified as worth {} cents a month", monthly.0);
        let query = RequesterQuery {
            id: Some(id.to_owned()),
            monthly_amount: Some(monthly),
            wait: PATIENCE,
            ..RequesterQuery::default()
        };
        async move {
            if self.requesters(&query).await.expect(MEMORY).is_empty() {
                let instead = self.seen_instead().await;
                panic!("{asserted}: expected {expected}; seen instead:\n{instead}");
            }
        }
    }

    /// Who is known, and the last verdicts, each in a line.
    async fn seen_instead(&self) -> String {
        let requesters = self.requesters(&RequesterQuery::default()).await;
        let verdicts = self.verdicts(&VerdictQuery::default()).await;
        let known = requesters.expect(MEMORY).into_iter().map(|one| {
            let worth = one.monthly_amount.map(|cents| cents.0.to_string());
            let worth = worth.unwrap_or_else(|| "an unknown number of".into());
            format!("  {} is worth {worth} cents a month\n", one.id)
        });
        let verdicts = verdicts.expect(MEMORY).into_iter().take(VERDICTS_TOLD);
        let last = verdicts.map(|it| {
            let code = it.code.as_deref().unwrap_or("accepted");
            format!("  {} {}: {code}: {}\n", it.method, it.path, it.message)
        });
        let told: String = known.chain(last).collect();
        if told.is_empty() {
            return "  no request at all".into();
        }
        told
    }
}

impl Deref for Running {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        &self.sandbox
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.sandbox.close();
        self.serving.abort();
    }
}
