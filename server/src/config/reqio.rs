//! Which Reqio the page talks to: the real one, or the local sandbox.

use std::net::SocketAddr;

use app::backend::Faults;
use identity::{Audience, Minter, ProjectId, SigningSecret};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{Problem, Variables};

const EXAMPLE_PROJECT: &str = "your-project-id";
const EXAMPLE_SECRET: &str = "the-secret-exactly-as-reqio-shows-it";

/// The real Reqio, or its stand-in.
#[derive(Clone, Debug)]
pub enum ReqioConfig {
    /// The sandbox, listening here.
    Sandbox(SocketAddr),
    /// A project at reqio.app.
    Real(RealReqio),
}

/// A project at reqio.app.
#[derive(Clone, Debug)]
pub struct RealReqio {
    /// The audience of its tokens, and with it the project's id.
    pub audience: Audience,
    /// What its tokens are signed with.
    pub secret: SigningSecret,
    /// Where the widget's script is.
    pub widget_url: Url,
}

/// The sandbox's project.
const SANDBOX_PROJECT: &str = "demo";

/// What the sandbox's tokens are signed with. Everybody can read it here, so it guards nothing but
/// a stand-in on one's own machine, where a fixed secret lets tokens outlive a restart. As
/// `REQIO_SECRET` it is refused.
pub(crate) const SANDBOX_SECRET: &str = "everybody-knows-this-secret-of-the-sandbox";

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
            Self::Real(real) => Minter::new(&real.secret, self.audience()),
            Self::Sandbox(_) => Minter::new(&sandbox_secret(), self.audience()),
        }
    }

    /// What goes wrong on purpose: nothing where real users are identified.
    #[must_use]
    pub fn faults(&self) -> Option<Faults> {
        match self {
            Self::Real(_) => None,
            Self::Sandbox(_) => Some(Faults::new(&sandbox_secret(), self.audience())),
        }
    }

    pub(super) fn new(variables: Variables, sandbox_addr: SocketAddr) -> Result<Self, Problem> {
        match (variables.reqio_project_id, variables.reqio_secret) {
            (Some(project), Some(secret)) => {
                let project: ProjectId = project.parse().map_err(|error| {
                    Problem::new(
                        "REQIO_PROJECT_ID",
                        format!("cannot be one: {error}"),
                        EXAMPLE_PROJECT,
                    )
                })?;
                let secret = signing_secret(&secret)?;
                let audience = audience(variables.reqio_audience.as_deref(), project)?;
                let widget_url = widget_url(variables.reqio_widget_url.as_deref())?;
                Ok(Self::Real(RealReqio {
                    audience,
                    secret,
                    widget_url,
                }))
            }
            (None, Some(_)) => Err(Problem::new(
                "REQIO_PROJECT_ID",
                "is missing, though REQIO_SECRET is set: set both for the real Reqio, neither for the sandbox",
                EXAMPLE_PROJECT,
            )),
            (Some(_), None) => Err(Problem::new(
                "REQIO_SECRET",
                "is missing, though REQIO_PROJECT_ID is set: set both for the real Reqio, neither for the sandbox",
                EXAMPLE_SECRET,
            )),
            (None, None) => without_a_project(
                &variables.reqio_audience,
                &variables.reqio_widget_url,
                sandbox_addr,
            ),
        }
    }
}

fn sandbox_secret() -> SigningSecret {
    SigningSecret::new(SANDBOX_SECRET.to_owned()).expect("the sandbox's secret is long enough")
}

fn signing_secret(text: &SecretString) -> Result<SigningSecret, Problem> {
    let wrong = |what: String| Problem::new("REQIO_SECRET", what, EXAMPLE_SECRET);
    if [SANDBOX_SECRET, EXAMPLE_SECRET].contains(&text.expose_secret()) {
        return Err(wrong(
            "is one that everybody knows: take your project's own".to_owned(),
        ));
    }
    SigningSecret::new(text.expose_secret().to_owned())
        .map_err(|error| wrong(format!("is too short: {error}")))
}

fn without_a_project(
    audience: &Option<String>,
    widget_url: &Option<String>,
    sandbox_addr: SocketAddr,
) -> Result<ReqioConfig, Problem> {
    let alone = |variable| {
        Err(Problem::new(
            "REQIO_PROJECT_ID",
            format!("and REQIO_SECRET are missing, though {variable} is set"),
            EXAMPLE_PROJECT,
        ))
    };
    match (audience, widget_url) {
        (Some(_), _) => alone("REQIO_AUDIENCE"),
        (_, Some(_)) => alone("REQIO_WIDGET_URL"),
        (None, None) => Ok(ReqioConfig::Sandbox(sandbox_addr)),
    }
}

fn audience(text: Option<&str>, project: ProjectId) -> Result<Audience, Problem> {
    let Some(text) = text else {
        return Ok(project.into());
    };
    let wrong = |what: String| {
        Problem::new(
            "REQIO_AUDIENCE",
            what,
            "https://reqio.app/p/your-project-id",
        )
    };
    let audience: Audience = text
        .parse()
        .map_err(|error| wrong(format!("cannot be one: {error}")))?;
    if *audience.project_id() == project {
        Ok(audience)
    } else {
        Err(wrong(format!("does not end in the project id {project}")))
    }
}

fn widget_url(text: Option<&str>) -> Result<Url, Problem> {
    let wrong =
        |what: String| Problem::new("REQIO_WIDGET_URL", what, "https://reqio.app/widget.js");
    let url = Url::parse(text.unwrap_or("https://reqio.app/widget.js"))
        .map_err(|error| wrong(error.to_string()))?;
    // Whoever can change the script on its way is every user of the page.
    let on_this_machine = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" => Ok(url),
        "http" if on_this_machine => Ok(url),
        _ => Err(wrong(
            "must be an https URL, or http on this machine".to_owned(),
        )),
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
