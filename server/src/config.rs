//! The configuration, checked as a whole before anything starts.

use accounts::{Accounts, Mode, OpenError};
use reqio_identity::{Audience, Configuration, ConfigurationError, Minter, SigningSecret};

use crate::{
    options::{Options, Variables, parse, problem},
    public_url::PublicUrl,
};

/// The sandbox's project.
pub(crate) const SANDBOX_PROJECT: &str = "demo";
/// What the sandbox's tokens are signed with. Everybody can read it here; a fixed one lets tokens
/// outlive a restart. As `REQIO_SECRET` it is refused.
pub(crate) const SANDBOX_SECRET: &str = "everybody-knows-this-secret-of-the-sandbox";

const SECRETS_ENDS: &str = "REQIO_SECRET begins or ends with white space, a line break, a quote \
     or an invisible character, which is used as part of the secret. Reqio's has none: copy it \
     again";

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
    /// # Errors
    /// The first variable that cannot be used.
    pub fn from_variables(variables: &Variables) -> Result<Self, ConfigurationError> {
        Self::new(parse(variables, ["server".into()])?, variables)
    }

    pub(crate) fn new(options: Options, variables: &Variables) -> Result<Self, ConfigurationError> {
        let secret = variables.get("REQIO_SECRET").map(String::as_str);
        let secret = secret.filter(|secret| !secret.is_empty());
        let reqio = reqio(&options, secret)?;
        let url = options.public_url.as_ref();
        if url.is_some_and(PublicUrl::is_https) && options.trusted_proxy.is_none() {
            let what = "is missing, though PUBLIC_URL is https. Set it to the address that your \
                        https proxy connects from: else all visitors count as one client, and any \
                        of them can use up the sign-ins of all";
            return Err(problem("TRUSTED_PROXY", what));
        }
        let warnings = warnings(&options, reqio.mode(), secret);
        Ok(Self {
            options,
            reqio,
            warnings,
        })
    }

    /// Opens the database of the accounts, or says in one line why not.
    pub(crate) async fn open_accounts(&self) -> Result<Accounts, String> {
        let (url, limit) = (&self.options.database_url, self.options.sign_in_limit);
        let opened = Accounts::open(url, self.reqio.mode(), limit).await;
        opened.map_err(|error| self.cannot_use(&error))
    }

    /// What to say of a database that cannot be used.
    pub(crate) fn cannot_use(&self, error: &OpenError) -> String {
        let url = &self.options.database_url;
        format!("DATABASE_URL: cannot use {url}: {error}")
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

    /// What mints the tokens, and for whom.
    pub(crate) fn minter(&self) -> (Minter, Audience) {
        match self {
            Self::Sandbox => {
                let audience: Audience = SANDBOX_PROJECT.parse().expect("the project id is valid");
                (Minter::new(&sandbox_secret(), audience.clone()), audience)
            }
            Self::Real(real) => (real.minter(), real.audience.clone()),
        }
    }
}

/// [`SANDBOX_SECRET`], to sign with.
pub(crate) fn sandbox_secret() -> SigningSecret {
    SigningSecret::new(SANDBOX_SECRET.to_owned()).expect("the sandbox's secret is long enough")
}

/// The real Reqio if one of its variables is set: then it needs two of them at least.
fn reqio(options: &Options, secret: Option<&str>) -> Result<Reqio, ConfigurationError> {
    let variables = [
        ("REQIO_PROJECT_ID", options.reqio_project_id.as_deref()),
        ("REQIO_SECRET", secret),
        ("REQIO_AUDIENCE", options.reqio_audience.as_deref()),
        ("REQIO_WIDGET_URL", options.reqio_widget_url.as_deref()),
    ];
    let Some((set, _)) = variables.iter().find(|(_, value)| value.is_some()) else {
        return refuse_strangers(options).map(|()| Reqio::Sandbox);
    };
    if let Some((missing, _)) = variables[..2].iter().find(|(_, value)| value.is_none()) {
        let what = format!(
            "is missing, though {set} is set: set both REQIO_PROJECT_ID and REQIO_SECRET for the \
             real Reqio, neither for the sandbox"
        );
        return Err(problem(missing, what));
    }
    if secret == Some(SANDBOX_SECRET) {
        let what = "is one that everybody knows: take your project's own";
        return Err(problem("REQIO_SECRET", what));
    }
    Ok(Reqio::Real(Configuration::from_variables(|name| {
        let (_, value) = variables.iter().find(|(variable, _)| *variable == name)?;
        value.map(str::to_owned)
    })?))
}

/// A sandbox that others can reach has to be asked for: where `REQIO_*` got lost, it would sign in
/// strangers with a password that everybody knows.
fn refuse_strangers(options: &Options) -> Result<(), ConfigurationError> {
    let app = options.public_url.as_ref().filter(|url| !url.is_loopback());
    let [addr, sandbox_addr] = [options.addr, options.sandbox_addr];
    let open = match app {
        Some(url) => format!("PUBLIC_URL is {url}"),
        None if !addr.ip().is_loopback() => format!("ADDR is {addr}"),
        None if !sandbox_addr.ip().is_loopback() => format!("SANDBOX_ADDR is {sandbox_addr}"),
        None => return Ok(()),
    };
    match (&options.sandbox_public_url, app) {
        (None, _) => {
            let what = format!(
                "and REQIO_SECRET are missing, though {open} and lets others in: set both, or \
                 SANDBOX_PUBLIC_URL if others are to use the sandbox"
            );
            Err(problem("REQIO_PROJECT_ID", what))
        }
        // Their browsers would run whatever listens there on their own machines.
        (Some(sandbox), Some(app)) if sandbox.is_loopback() => {
            let what = format!("is {sandbox}, where visitors of {app} cannot reach it");
            Err(problem("SANDBOX_PUBLIC_URL", what))
        }
        _ => Ok(()),
    }
}

fn warnings(options: &Options, mode: Mode, secret: Option<&str>) -> Vec<String> {
    let others = |url: &Option<PublicUrl>| url.clone().filter(|url| !url.is_loopback());
    let url = others(&options.public_url).filter(|url| !url.is_https());
    let open = others(&options.sandbox_public_url).filter(|_| mode == Mode::Sandbox);
    let listens = Some(options.sandbox_addr).filter(|addr| !addr.ip().is_loopback());
    let listens = listens.filter(|_| mode == Mode::Sandbox && open.is_none());
    let database = options.database_url.warning();
    let is_left_over =
        |char: char| char.is_whitespace() || matches!(char, '"' | '\'' | '\u{200b}' | '\u{feff}');
    let secret = secret.filter(|secret| secret.trim_matches(is_left_over) != *secret);
    let warnings = [
        secret.map(|_| SECRETS_ENDS.to_owned()),
        url.map(|url| {
            format!("PUBLIC_URL is {url}: without https, others can read sessions and tokens")
        }),
        open.map(|url| {
            format!("SANDBOX_PUBLIC_URL is {url}: everybody can sign in there as a demo customer")
        }),
        listens.map(|addr| {
            format!(
                "SANDBOX_ADDR is {addr}: whoever reaches it from another machine can read the \
                 emails of all who signed in"
            )
        }),
        database.map(|what| format!("DATABASE_URL: {what}")),
    ];
    warnings.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
