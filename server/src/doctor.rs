//! `server check`: whether this configuration would work, item by item, and how to mend what would
//! not.

use std::{
    fmt, fs,
    time::{Duration, SystemTime},
};

use accounts::{Accounts, DatabaseState};
use reqio_identity::Subject;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;

use crate::{
    config::{Config, ReqioConfig},
    dist::{self, Files},
};

/// One item of the examination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    item: &'static str,
    grade: Grade,
    /// What was found, and how to mend it where it needs mending.
    words: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grade {
    Ok,
    Warning,
    Failed,
}

impl Finding {
    fn new(item: &'static str, grade: Grade, words: impl Into<String>) -> Self {
        Self {
            item,
            grade,
            words: words.into(),
        }
    }

    /// Whether the server cannot work like this.
    #[must_use]
    pub(crate) fn is_failure(&self) -> bool {
        self.grade == Grade::Failed
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grade = match self.grade {
            Grade::Ok => "ok",
            Grade::Warning => "warning",
            Grade::Failed => "failed",
        };
        write!(formatter, "{grade:<8} {:<10} {}", self.item, self.words)
    }
}

/// Looks at everything the server needs. `secret` is `REQIO_SECRET` as it stands.
pub(crate) async fn examine(config: &Config, secret: Option<&SecretString>) -> Vec<Finding> {
    let mut findings = vec![reqio(config)];
    findings.extend(secret.map(whitespace));
    findings.push(public_url(config));
    findings.push(port("ADDR", config.addr).await);
    if let ReqioConfig::Sandbox(sandbox) = &config.reqio {
        findings.push(port("SANDBOX", sandbox.addr).await);
    }
    findings.push(database(config).await);
    findings.push(dist(&dist::files()));
    findings.push(clock(SystemTime::now()));
    findings.push(mint(config));
    findings
}

fn reqio(config: &Config) -> Finding {
    match &config.reqio {
        ReqioConfig::Sandbox(sandbox) => match &sandbox.public_url {
            None => {
                let words = "the local sandbox; set REQIO_PROJECT_ID and REQIO_SECRET for the real \
                             one";
                Finding::new("reqio", Grade::Ok, words)
            }
            Some(url) => {
                let words = format!(
                    "the sandbox, for everybody who reaches {url}: its customers' password and its \
                     secret are known to all"
                );
                Finding::new("reqio", Grade::Warning, words)
            }
        },
        ReqioConfig::Real(real) => {
            let (audience, script) = (&real.audience, real.script.url());
            let words = format!("tokens for {audience}, widget from {script}");
            Finding::new("reqio", Grade::Ok, words)
        }
    }
}

fn whitespace(secret: &SecretString) -> Finding {
    let text = secret.expose_secret();
    if text.trim() == text {
        Finding::new(
            "secret",
            Grade::Ok,
            format!("{} bytes, used as they stand", text.len()),
        )
    } else {
        let words = "REQIO_SECRET begins or ends with white space, which is part of the key: \
                     copy it again without";
        Finding::new("secret", Grade::Warning, words)
    }
}

fn public_url(config: &Config) -> Finding {
    match config.public_url.warning() {
        None => Finding::new("url", Grade::Ok, config.public_url.to_string()),
        Some(warning) => Finding::new("url", Grade::Warning, warning),
    }
}

async fn port(item: &'static str, addr: std::net::SocketAddr) -> Finding {
    match TcpListener::bind(addr).await {
        Ok(_) => Finding::new(item, Grade::Ok, format!("{addr} is free")),
        Err(error) => Finding::new(
            item,
            Grade::Warning,
            format!("{addr}: {error}. Is the server running already?"),
        ),
    }
}

/// Looked at and not opened: whatever is in it, a server may be running on it.
async fn database(config: &Config) -> Finding {
    let settings = &config.database;
    let url = &settings.url;
    let (grade, words) = match Accounts::inspect(settings).await {
        Ok(DatabaseState::Ready) => (Grade::Ok, format!("{url} can be written to")),
        Ok(DatabaseState::Outdated) => (Grade::Ok, format!("the next start updates {url}")),
        Ok(DatabaseState::Missing) => (Grade::Ok, format!("the first start makes {url}")),
        Err(error) => (Grade::Failed, format!("cannot use {url}: {error}")),
    };
    Finding::new("database", grade, words)
}

fn dist(files: &Files) -> Finding {
    let has = |ending: &str| files.keys().any(|name| name.ends_with(ending));
    if !has("index.html") {
        let words = "no page inside this program, or in the folder dist of a debug build: run \
                     `cargo xtask build`, and this server again in the repository's root";
        Finding::new("dist", Grade::Failed, words)
    } else if !has(".wasm.br") {
        Finding::new(
            "dist",
            Grade::Warning,
            "not compressed, so it loads slowly: run `cargo xtask build`",
        )
    } else {
        Finding::new("dist", Grade::Ok, "built and compressed")
    }
}

/// A token's times come from this machine's clock. No file can come from the future, so one that
/// does gives it away.
fn clock(now: SystemTime) -> Finding {
    let program = std::env::current_exe()
        .and_then(fs::metadata)
        .and_then(|metadata| metadata.modified());
    let ahead = program
        .ok()
        .and_then(|built| built.duration_since(now).ok())
        .unwrap_or_default();
    if ahead > Duration::from_secs(60) {
        let words = format!(
            "is {} seconds behind the moment this program was built: set it",
            ahead.as_secs()
        );
        return Finding::new("clock", Grade::Failed, words);
    }
    Finding::new("clock", Grade::Ok, "is not behind this program's own files")
}

fn mint(config: &Config) -> Finding {
    match config.reqio.minter().mint(&Subject::new("check")) {
        Ok(_) => Finding::new("mint", Grade::Ok, "a token was minted"),
        Err(error) => Finding::new("mint", Grade::Failed, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Files, Grade, clock, dist, whitespace};

    #[test]
    fn a_clock_behind_the_programs_own_files_is_found_out() {
        assert_eq!(clock(SystemTime::now()).grade, Grade::Ok);
        assert_eq!(
            clock(SystemTime::now() - Duration::from_secs(365 * 86_400 * 10)).grade,
            Grade::Failed
        );
    }

    #[test]
    fn a_browser_half_that_is_missing_or_not_compressed_is_found_out() {
        let mut files = Files::new();
        for (next, grade) in [
            ("icon.svg", Grade::Failed),
            ("index.html", Grade::Warning),
            ("frontend_bg.wasm.br", Grade::Ok),
        ] {
            files.insert(next.to_owned(), Default::default());
            assert_eq!(dist(&files).grade, grade, "{next}");
        }
    }

    #[test]
    fn white_space_around_the_secret_is_found_out_and_the_secret_not_shown() {
        let finding = whitespace(&"hush-hush-hush-hush-hush-hush-hush\n".to_owned().into());
        assert_eq!(finding.grade, Grade::Warning);
        assert!(!finding.to_string().contains("hush"));
    }
}
