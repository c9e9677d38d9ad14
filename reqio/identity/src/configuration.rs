//! What a server is told of Reqio: its environment, read and checked once, at start.

use std::{
    env::{self, VarError},
    error::Error,
    fmt,
    str::FromStr,
};

use crate::{Audience, Minter, ProjectId, SigningSecret, WidgetScript};

/// A variable, and what it could be.
type Variable = (&'static str, &'static str);

const PROJECT_ID: Variable = ("REQIO_PROJECT_ID", "your-project-id");
const SECRET: Variable = ("REQIO_SECRET", "the-secret-exactly-as-reqio-shows-it");
const AUDIENCE: Variable = ("REQIO_AUDIENCE", "https://reqio.app/p/your-project-id");
const WIDGET_URL: Variable = ("REQIO_WIDGET_URL", WidgetScript::URL);

/// Which project this server mints for, and with which secret.
///
/// | variable | what it says | where it is not set |
/// |---|---|---|
/// | `REQIO_PROJECT_ID` | the project's id | follows from the audience |
/// | `REQIO_SECRET` | Project > Settings > Identity > Reveal secret, as it stands | an error |
/// | `REQIO_AUDIENCE` | whom the tokens are for | `https://reqio.app/p/<project id>` |
/// | `REQIO_WIDGET_URL` | where the widget's script is | `https://reqio.app/widget.js` |
///
/// The first three are Reqio's own names. One of id and audience is enough. Set to nothing counts
/// as not set.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use reqio_identity::{Configuration, Subject};
///
/// // At start: what is missing or wrong ends the start with one line that names the variable.
/// let reqio = Configuration::from_env()?;
/// let minter = reqio.minter();
///
/// // For every answer that needs a token.
/// let identity = minter.mint(&Subject::new("usr_1"))?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Whom the tokens are for.
    pub audience: Audience,
    /// What they are signed with.
    pub secret: SigningSecret,
    /// The script by which a page embeds the widget.
    pub script: WidgetScript,
}

/// A variable that is missing or cannot be used.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    /// The variable.
    pub variable: &'static str,
    /// What is wrong with it. Never its value, which may be a secret.
    pub problem: String,
    /// What it could be.
    pub example: &'static str,
}

impl Configuration {
    /// Reads this process's environment.
    ///
    /// # Errors
    /// The first [`ConfigurationError`] found.
    pub fn from_env() -> Result<Self, ConfigurationError> {
        Self::read(env::var)
    }

    /// Reads the variables from wherever you keep them.
    ///
    /// # Errors
    /// The first [`ConfigurationError`] found.
    pub fn from_variables(
        variable: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, ConfigurationError> {
        Self::read(|name| variable(name).ok_or(VarError::NotPresent))
    }

    fn read(
        variable: impl Fn(&'static str) -> Result<String, VarError>,
    ) -> Result<Self, ConfigurationError> {
        let text = |(name, example)| match variable(name) {
            Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
            Err(VarError::NotPresent) => Ok(None),
            // Read as well as it can be, it would be another secret, and no token would verify.
            Err(VarError::NotUnicode(_)) => Err(problem((name, example), "is not UTF-8")),
        };
        let audience = audience(text(PROJECT_ID)?, text(AUDIENCE)?)?;
        let secret = secret(text(SECRET)?)?;
        let script = WidgetScript::new(audience.project_id().clone());
        let script = match text(WIDGET_URL)? {
            Some(url) => script.at(url).map_err(|error| problem(WIDGET_URL, error))?,
            None => script,
        };
        Ok(Self {
            audience,
            secret,
            script,
        })
    }

    /// What mints the tokens. Build it once and keep it.
    #[must_use]
    pub fn minter(&self) -> Minter {
        Minter::new(&self.secret, self.audience.clone())
    }
}

fn audience(
    project: Option<String>,
    audience: Option<String>,
) -> Result<Audience, ConfigurationError> {
    let project: Option<ProjectId> = project.map(|text| parse(&text, PROJECT_ID)).transpose()?;
    let audience: Option<Audience> = audience.map(|text| parse(&text, AUDIENCE)).transpose()?;
    match (project, audience) {
        (Some(project), Some(audience)) if *audience.project_id() != project => {
            let what = format!("does not end in the project id {project}");
            Err(problem(AUDIENCE, what))
        }
        (_, Some(audience)) => Ok(audience),
        (Some(project), None) => Ok(project.into()),
        (None, None) => Err(problem(PROJECT_ID, "is not set")),
    }
}

fn parse<T: FromStr<Err: fmt::Display>>(
    text: &str,
    variable: Variable,
) -> Result<T, ConfigurationError> {
    text.parse()
        .map_err(|error| problem(variable, format!("cannot be one: {error}")))
}

fn secret(text: Option<String>) -> Result<SigningSecret, ConfigurationError> {
    let (_, placeholder) = SECRET;
    let text = text.ok_or_else(|| problem(SECRET, "is not set"))?;
    if text == placeholder {
        let what = "is one that everybody knows: take your project's own";
        return Err(problem(SECRET, what));
    }
    SigningSecret::new(text).map_err(|error| problem(SECRET, format!("is too short: {error}")))
}

fn problem((variable, example): Variable, what: impl fmt::Display) -> ConfigurationError {
    ConfigurationError {
        variable,
        problem: what.to_string(),
        example,
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            variable,
            problem,
            example,
        } = self;
        write!(
            formatter,
            "{variable} {problem}. Example: {variable}={example}"
        )
    }
}

/// The same line: it is what a `main` shows that returns this error.
impl fmt::Debug for ConfigurationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Error for ConfigurationError {}

#[cfg(test)]
mod tests;
