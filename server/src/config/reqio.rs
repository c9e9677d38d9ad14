//! Which Reqio the page talks to: the real one, or the local sandbox.

#[cfg(test)]
mod tests;

use std::net::SocketAddr;

use accounts::DemoCustomers;
use reqio_identity::{Audience, Configuration, Minter, SigningSecret};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Problem, PublicUrl, SandboxConfig, Variables};

pub(super) const EXAMPLE_PROJECT: &str = "your-project-id";
const EXAMPLE_SECRET: &str = "the-secret-exactly-as-reqio-shows-it";

/// The real Reqio, or its stand-in.
#[derive(Clone, Debug)]
pub enum ReqioConfig {
    /// The sandbox.
    Sandbox(SandboxConfig),
    /// A project at reqio.app.
    Real(Configuration),
}

/// The sandbox's project.
const SANDBOX_PROJECT: &str = "demo";

/// What the sandbox's tokens are signed with. Everybody can read it here, so it guards nothing but
/// a stand-in on one's own machine, where a fixed secret lets tokens outlive a restart. As
/// `REQIO_SECRET` it is refused.
pub(crate) const SANDBOX_SECRET: &str = "everybody-knows-this-secret-of-the-sandbox";

/// [`SANDBOX_SECRET`], to sign with.
pub(crate) fn sandbox_secret() -> SigningSecret {
    SigningSecret::new(SANDBOX_SECRET.to_owned()).expect("the sandbox's secret is long enough")
}

/// Whom the sandbox's tokens are for.
pub(crate) fn sandbox_audience() -> Audience {
    SANDBOX_PROJECT
        .parse()
        .expect("the sandbox's project id is valid")
}

impl ReqioConfig {
    /// Whom the tokens are for.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self {
            Self::Real(real) => real.audience.clone(),
            Self::Sandbox(_) => sandbox_audience(),
        }
    }

    /// Whether customers whose password everybody knows may sign in.
    #[must_use]
    pub fn demo_customers(&self) -> DemoCustomers {
        match self {
            Self::Real(_) => DemoCustomers::Refused,
            Self::Sandbox(_) => DemoCustomers::Admitted,
        }
    }

    /// What mints the tokens.
    #[must_use]
    pub fn minter(&self) -> Minter {
        match self {
            Self::Real(real) => real.minter(),
            Self::Sandbox(_) => Minter::new(&sandbox_secret(), sandbox_audience()),
        }
    }

    pub(super) fn new(variables: &Variables, sandbox_addr: SocketAddr) -> Result<Self, Problem> {
        let is_missing = |variable, other, example| {
            let what = format!(
                "is missing, though {other} is set: set both for the real Reqio, neither for the \
                 sandbox"
            );
            Err(Problem::new(variable, what, example))
        };
        match (&variables.reqio_project_id, &variables.reqio_secret) {
            (Some(_), Some(secret)) => real(variables, secret),
            (None, Some(_)) => is_missing("REQIO_PROJECT_ID", "REQIO_SECRET", EXAMPLE_PROJECT),
            (Some(_), None) => is_missing("REQIO_SECRET", "REQIO_PROJECT_ID", EXAMPLE_SECRET),
            (None, None) => sandbox(variables, sandbox_addr),
        }
    }
}

fn real(variables: &Variables, secret: &SecretString) -> Result<ReqioConfig, Problem> {
    if secret.expose_secret() == SANDBOX_SECRET {
        let what = "is one that everybody knows: take your project's own";
        return Err(Problem::new("REQIO_SECRET", what, EXAMPLE_SECRET));
    }
    let configuration = Configuration::from_variables(|name| match name {
        "REQIO_PROJECT_ID" => variables.reqio_project_id.clone(),
        "REQIO_SECRET" => Some(secret.expose_secret().to_owned()),
        "REQIO_AUDIENCE" => variables.reqio_audience.clone(),
        "REQIO_WIDGET_URL" => variables.reqio_widget_url.clone(),
        _ => None,
    })?;
    Ok(ReqioConfig::Real(configuration))
}

/// The sandbox, unless something is set that only the real Reqio has a use for.
fn sandbox(variables: &Variables, addr: SocketAddr) -> Result<ReqioConfig, Problem> {
    let without_a_project = [
        ("REQIO_AUDIENCE", &variables.reqio_audience),
        ("REQIO_WIDGET_URL", &variables.reqio_widget_url),
    ];
    match without_a_project.iter().find(|(_, value)| value.is_some()) {
        Some((variable, _)) => Err(Problem::new(
            "REQIO_PROJECT_ID",
            format!("and REQIO_SECRET are missing, though {variable} is set"),
            EXAMPLE_PROJECT,
        )),
        None => {
            let text = variables.sandbox_public_url.as_deref();
            let parse =
                |text| PublicUrl::parse(text, "SANDBOX_PUBLIC_URL", "http://localhost:3001");
            let public_url = text.map(parse).transpose()?;
            Ok(ReqioConfig::Sandbox(SandboxConfig { addr, public_url }))
        }
    }
}
