//! Which Reqio the page talks to: the real one, or the local sandbox.

use std::net::SocketAddr;

use reqio_identity::{Audience, Configuration, Minter, SigningSecret};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Problem, Variables};

const EXAMPLE_PROJECT: &str = "your-project-id";
const EXAMPLE_SECRET: &str = "the-secret-exactly-as-reqio-shows-it";

/// The real Reqio, or its stand-in.
#[derive(Clone, Debug)]
pub enum ReqioConfig {
    /// The sandbox, listening here.
    Sandbox(SocketAddr),
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

impl ReqioConfig {
    /// Whom the tokens are for.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self {
            Self::Real(real) => real.audience.clone(),
            Self::Sandbox(_) => SANDBOX_PROJECT
                .parse()
                .expect("the sandbox's project id is valid"),
        }
    }

    /// What mints the tokens.
    #[must_use]
    pub fn minter(&self) -> Minter {
        match self {
            Self::Real(real) => real.minter(),
            Self::Sandbox(_) => Minter::new(&sandbox_secret(), self.audience()),
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
        None => Ok(ReqioConfig::Sandbox(addr)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Problem, Variables};

    fn config(set: impl FnOnce(&mut Variables)) -> Result<Config, Problem> {
        let mut variables = Variables {
            reqio_project_id: Some("acme".to_owned()),
            reqio_secret: Some("x".repeat(32).into()),
            ..Variables::default()
        };
        set(&mut variables);
        Config::new(variables)
    }

    #[test]
    fn a_foreign_audience_is_refused() {
        for foreign in [
            "https://reqio.app/p/other",
            "https://example.com/p/acme",
            "acme2",
        ] {
            let problem = config(|variables| variables.reqio_audience = Some(foreign.to_owned()))
                .unwrap_err();
            assert!(
                problem.to_string().starts_with("REQIO_AUDIENCE "),
                "{problem}"
            );
        }
        assert!(
            config(
                |variables| variables.reqio_audience = Some("https://reqio.app/p/acme".to_owned())
            )
            .is_ok()
        );
    }

    #[test]
    fn one_variable_alone_names_the_other() {
        let problem = config(|variables| variables.reqio_secret = None)
            .unwrap_err()
            .to_string();
        assert!(problem.starts_with("REQIO_SECRET is missing"), "{problem}");
        let problem = config(|variables| variables.reqio_project_id = None)
            .unwrap_err()
            .to_string();
        assert!(
            problem.starts_with("REQIO_PROJECT_ID is missing"),
            "{problem}"
        );
    }

    #[test]
    fn a_script_that_anybody_on_the_way_could_change_is_refused() {
        for url in [
            "http://reqio.app/widget.js",
            "//reqio.app/widget.js",
            "javascript:alert(1)",
        ] {
            assert!(
                config(|variables| variables.reqio_widget_url = Some(url.to_owned())).is_err(),
                "{url} was taken"
            );
        }
        assert!(
            config(|variables| variables.reqio_widget_url =
                Some("http://localhost:3001/widget.js".into()))
            .is_ok()
        );
    }

    #[test]
    fn a_secret_that_everybody_knows_is_refused() {
        for known in [super::SANDBOX_SECRET, super::EXAMPLE_SECRET] {
            let problem =
                config(|variables| variables.reqio_secret = Some(known.to_owned().into()))
                    .unwrap_err();
            assert!(problem.to_string().contains("everybody knows"), "{problem}");
        }
    }

    #[test]
    fn every_problem_is_one_line_and_shows_no_secret() {
        let problem =
            config(|variables| variables.reqio_secret = Some("hush-hush".to_owned().into()))
                .unwrap_err();
        let line = problem.to_string();
        assert!(
            !line.contains('\n') && !line.contains("hush-hush"),
            "{line}"
        );
    }
}
