//! The browser's half as Trunk built it: `dist/index.html`, and what its policy has to allow.

use std::{fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// Where `cargo xtask build` leaves the browser's half, seen from the repository's root.
pub(crate) const DIST: &str = "dist";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Not built</title>\
     <h1>The browser's half is not built</h1>\
     <p>Run <code>cargo xtask build</code> in the repository's root, \
     and start the server from there.</html>";

/// The page every visitor gets first.
pub(crate) struct Shell {
    /// The page, or a page that says how to build it.
    pub(crate) html: String,
    /// Whether it is the page.
    pub(crate) built: bool,
    /// CSP sources of its inline scripts: Trunk's bootstrap is one.
    pub(crate) script_hashes: Vec<String>,
    /// Where its stylesheet is.
    pub(crate) stylesheet: Option<String>,
}

impl Shell {
    /// Reads it from the disk, once: a deployment restarts the server.
    pub(crate) fn read() -> Self {
        match fs::read_to_string(Path::new(DIST).join("index.html")) {
            Ok(html) => Self::new(html, true),
            Err(error) => {
                let remedy = "run `cargo xtask build` in the repository's root";
                tracing::warn!(%error, "no {DIST}/index.html: {remedy}");
                Self::new(NOT_BUILT.to_owned(), false)
            }
        }
    }

    fn new(html: String, built: bool) -> Self {
        let script_hashes = inline_scripts(&html).map(hash_source).collect();
        let stylesheet = stylesheet(&html).map(str::to_owned);
        Self {
            html,
            built,
            script_hashes,
            stylesheet,
        }
    }
}

/// The text of every script that stands in the page itself.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

/// A CSP source that allows this very script (CSP Level 3, section 2.3.1).
fn hash_source(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

fn stylesheet(html: &str) -> Option<&str> {
    html.split("<link").skip(1).find_map(|rest| {
        let (attributes, _) = rest.split_once('>')?;
        let (_, href) = attributes.split_once("href=\"")?;
        let (href, _) = href.split_once('"')?;
        attributes.contains("rel=\"stylesheet\"").then_some(href)
    })
}

#[cfg(test)]
mod tests {
    use super::Shell;

    #[test]
    fn inline_scripts_are_allowed_by_hash_and_others_not_at_all() {
        let html = r#"<link rel="modulepreload" href="/a.js"><link rel="stylesheet" href="/main-1.css" integrity="x">
            <script type="module">alert(1)</script><script src="/b.js"></script>"#;
        let shell = Shell::new(html.to_owned(), true);
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            shell.script_hashes,
            ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]
        );
        assert_eq!(shell.stylesheet.as_deref(), Some("/main-1.css"));
    }
}
