//! The configuration, checked as a whole before anything starts.

use accounts::Mode;
use reqio_identity::{Audience, Configuration, Minter, SigningSecret};

use crate::options::{Options, Problem, Variables, parse};

/// The sandbox's project.
const SANDBOX_PROJECT: &str = "demo";
/// What the sandbox's tokens are signed with. Everybody can read it here; a fixed one lets tokens
/// outlive a restart. As `REQIO_SECRET` it is refused.
pub(crate) const SANDBOX_SECRET: &str = "everybody-knows-this-secret-of-the-sandbox";

/// Everything the server is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// The variables, each with its type.
    pub options: Options,
    /// Sandbox or real.
    pub reqio: Reqio,
    /// What works and is probably not meant, a line each.
    pub warnings: Vec<String>,
}

/// Which Reqio the page talks to.
#[derive(Clone, Debug)]
pub enum Reqio {
    /// The local sandbox, with customers whose password everybody knows.
    Sandbox,
    /// A project at reqio.app.
    Real(Configuration),
}

impl Config {
    /// The configuration that these variables make.
    ///
    /// # Errors
    /// The first [`Problem`] found.
    pub fn from_variables(variables: &Variables) -> Result<Self, Problem> {
        Self::new(parse(variables, ["server".into()])?, variables)
    }

    /// Checks the options as a whole, with the secret from the variables.
    ///
    /// # Errors
    /// The first [`Problem`] found.
    pub(crate) fn new(options: Options, variables: &Variables) -> Result<Self, Problem> {
        let secret = variables.text("REQIO_SECRET")?;
        let reqio = reqio(&options, secret)?;
        if let Reqio::Sandbox = reqio {
            refuse_strangers(&options)?;
        }
        let is_https = options
            .public_url
            .as_ref()
            .is_some_and(|url| url.is_https());
        if is_https && options.trusted_proxy.is_none() {
            return Err(Problem::new(
                "TRUSTED_PROXY",
                "is missing, though PUBLIC_URL is https. Set it to the address that your https \
                 proxy connects from: else all visitors count as one client, and any of them can \
                 use up the sign-ins of all",
            ));
        }
        let warnings = warnings(&options, reqio.mode(), secret);
        Ok(Self {
            options,
            reqio,
            warnings,
        })
    }
}

impl Reqio {
    /// Whether demo customers may sign in and plans cost nothing.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match self {
            Self::Sandbox => Mode::Sandbox,
            Self::Real(_) => Mode::Real,
        }
    }

    /// Whom the tokens are for.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self {
            Self::Sandbox => SANDBOX_PROJECT
                .parse()
                .expect("the sandbox's project id is valid"),
            Self::Real(real) => real.audience.clone(),
        }
    }

    /// What mints the tokens.
    #[must_use]
    pub fn minter(&self) -> Minter {
        match self {
            Self::Sandbox => Minter::new(&sandbox_secret(), self.audience()),
            Self::Real(real) => real.minter(),
        }
    }
}

/// [`SANDBOX_SECRET`], to sign with.
pub(crate) fn sandbox_secret() -> SigningSecret {
    SigningSecret::new(SANDBOX_SECRET.to_owned()).expect("the sandbox's secret is long enough")
}

fn reqio(options: &Options, secret: Option<&str>) -> Result<Reqio, Problem> {
    let missing = |variable, other| {
        let what = format!(
            "is missing, though {other} is set: set both for the real Reqio, neither for the sandbox"
        );
        Err(Problem::new(variable, what))
    };
    let Options {
        reqio_project_id,
        reqio_audience,
        reqio_widget_url,
        ..
    } = options;
    match (reqio_project_id, secret) {
        (Some(_), Some(SANDBOX_SECRET)) => {
            let what = "is one that everybody knows: take your project's own";
            Err(Problem::new("REQIO_SECRET", what))
        }
        (Some(_), Some(secret)) => Ok(Reqio::Real(Configuration::from_variables(
            |name| match name {
                "REQIO_PROJECT_ID" => reqio_project_id.clone(),
                "REQIO_SECRET" => Some(secret.to_owned()),
                "REQIO_AUDIENCE" => reqio_audience.clone(),
                "REQIO_WIDGET_URL" => reqio_widget_url.clone(),
                _ => None,
            },
        )?)),
        (None, Some(_)) => missing("REQIO_PROJECT_ID", "REQIO_SECRET"),
        (Some(_), None) => missing("REQIO_SECRET", "REQIO_PROJECT_ID"),
        (None, None) if reqio_audience.is_some() => missing("REQIO_PROJECT_ID", "REQIO_AUDIENCE"),
        (None, None) if reqio_widget_url.is_some() => {
            missing("REQIO_PROJECT_ID", "REQIO_WIDGET_URL")
        }
        (None, None) => Ok(Reqio::Sandbox),
    }
}

/// A sandbox that others can reach has to be asked for: where `REQIO_*` got lost, it would sign in
/// strangers with a password that everybody knows.
fn refuse_strangers(options: &Options) -> Result<(), Problem> {
    let app = options.public_url.as_ref().filter(|url| !url.is_loopback());
    let open = match app {
        Some(url) => format!("PUBLIC_URL is {url}"),
        None if !options.addr.ip().is_loopback() => format!("ADDR is {}", options.addr),
        None => return Ok(()),
    };
    match (&options.sandbox_public_url, app) {
        (None, _) => {
            let what = format!(
                "and REQIO_SECRET are missing, though {open} and lets others in: set both, or \
                 SANDBOX_PUBLIC_URL if others are to use the sandbox"
            );
            Err(Problem::new("REQIO_PROJECT_ID", what))
        }
        // Their browsers would run whatever listens there on their own machines.
        (Some(sandbox), Some(app)) if sandbox.is_loopback() => {
            let what = format!("is {sandbox}, where visitors of {app} cannot reach it");
            Err(Problem::new("SANDBOX_PUBLIC_URL", what))
        }
        _ => Ok(()),
    }
}

fn warnings(options: &Options, mode: Mode, secret: Option<&str>) -> Vec<String> {
    let mut warnings = Vec::new();
    if secret.is_some_and(|secret| secret.trim() != secret) {
        warnings.push(
            "REQIO_SECRET begins or ends with white space or a line break, which is used as part of \
             the secret. Reqio's has none: copy it again"
                .to_owned(),
        );
    }
    if let Some(url) = &options.public_url
        && !url.is_https()
        && !url.is_loopback()
    {
        warnings.push(format!(
            "PUBLIC_URL is {url}: without https, others on the way can read sessions and tokens"
        ));
    }
    if let Some(url) = options
        .sandbox_public_url
        .as_ref()
        .filter(|url| mode == Mode::Sandbox && !url.is_loopback())
    {
        warnings.push(format!(
            "SANDBOX_PUBLIC_URL is {url}: everybody who reaches it can sign in as a demo customer"
        ));
    }
    warnings.extend(
        options
            .database_url
            .warning()
            .map(|what| format!("DATABASE_URL: {what}")),
    );
    warnings
}

#[cfg(test)]
mod tests;
