//! A sandbox in a test's own process.

use std::ops::Deref;
use std::panic::Location;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::config::Config;
use crate::memory::{Requester, VerdictQuery};
use crate::money::{Cents, show};
use crate::project::{ConfigError, SigningSecret};
use crate::sandbox::Sandbox;
use crate::token::LONGEST_LIFETIME;

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
        let sandbox = Self::new(config);
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

    /// A token with these claims, signed with its secret as Reqio's guides do, whatever they say.
    /// `aud`, `iat` and `exp` are added where they are missing.
    #[must_use]
    pub fn mint(&self, mut claims: Map<String, Value>) -> String {
        let config = &self.config;
        claims
            .entry("aud")
            .or_insert_with(|| config.audience.clone().into());
        let issued_at = claims
            .entry("iat")
            .or_insert_with(|| self.now().into())
            .as_i64();
        let expires_at = issued_at
            .unwrap_or(self.now())
            .saturating_add(LONGEST_LIFETIME);
        claims.entry("exp").or_insert_with(|| expires_at.into());
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
        let claims = URL_SAFE_NO_PAD.encode(Value::from(claims).to_string());
        let mut hmac = Hmac::<Sha256>::new_from_slice(config.secret.expose().as_bytes())
            .expect("HMAC takes keys of any length (RFC 2104 section 2)");
        hmac.update(format!("{header}.{claims}").as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(hmac.finalize().into_bytes());
        format!("{header}.{claims}.{signature}")
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
        let worth = show(&self.config.currency, monthly);
        let expected = format!("{id} identified as worth {worth} a month");
        let id = id.to_owned();
        async move {
            let is_meant = |one: &Requester| one.id == id && one.monthly_amount == Some(monthly);
            let mut pulse = self.pulse();
            let seen = async {
                while !self.requesters().iter().any(is_meant) && pulse.changed().await.is_ok() {}
            };
            if timeout(PATIENCE, seen).await.is_err() {
                let instead = self.seen_instead().await;
                panic!("{asserted}: expected {expected}; seen instead:\n{instead}");
            }
        }
    }

    /// Who is known, and the last verdicts, each in a line.
    async fn seen_instead(&self) -> String {
        let verdicts = self.verdicts(&VerdictQuery::default()).await;
        let known = self.requesters().into_iter().map(|one| {
            let worth = one
                .monthly_amount
                .map(|cents| show(&self.config.currency, cents));
            let worth = worth.unwrap_or_else(|| "an unknown amount".into());
            format!("  {} is worth {worth} a month\n", one.id)
        });
        let verdicts = verdicts.into_iter().take(VERDICTS_TOLD);
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
