//! The page (`index.html`), and what the server has to know of it.

use axum::body::Bytes;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::dist::Files;

/// The page's name among the files.
pub(crate) const INDEX: &str = "index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Not built</title>\
     <h1>The browser's half is not built</h1>\
     <p>Run <code>cargo xtask build</code> in the repository's root. \
     A debug build of the server is to be started there, too.</html>";

/// What the server has to know of the page.
pub(crate) struct Page {
    /// Whether it is built. If not, a page that says how to build it stands in.
    pub(crate) is_built: bool,
    /// The inline scripts, such as Trunk's bootstrap, each as the CSP source that allows it.
    pub(crate) script_hashes: Vec<String>,
    /// The path of its stylesheet.
    pub(crate) stylesheet: Option<String>,
    /// The path of its icon. For a page without one, browsers ask for `/favicon.ico`.
    pub(crate) icon: Option<String>,
}

impl Page {
    /// Reads the page in `files`, and adds one that says how to build it if there is none.
    pub(crate) fn new(files: &mut Files) -> Self {
        let is_built = files.contains_key(INDEX);
        let html = files
            .entry(INDEX.to_owned())
            .or_insert(Bytes::from_static(NOT_BUILT.as_bytes()));
        let html = String::from_utf8_lossy(html);
        Self {
            is_built,
            script_hashes: inline_scripts(&html).map(hash_source).collect(),
            stylesheet: linked(&html, "stylesheet").map(str::to_owned),
            icon: linked(&html, "icon").map(str::to_owned),
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

/// The CSP source that allows this script and no other (CSP Level 3, section 2.3.1).
fn hash_source(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

/// The address in the first `<link>` of this relation.
fn linked<'a>(html: &'a str, relation: &str) -> Option<&'a str> {
    let relation = format!("rel=\"{relation}\"");
    html.split("<link").skip(1).find_map(|rest| {
        let (attributes, _) = rest.split_once('>')?;
        let (_, href) = attributes.split_once("href=\"")?;
        let (href, _) = href.split_once('"')?;
        attributes.contains(&relation).then_some(href)
    })
}

#[cfg(test)]
mod tests {
    use super::{Files, INDEX, Page};

    #[test]
    fn inline_scripts_are_allowed_by_hash_and_others_not_at_all() {
        let html = r#"<link rel="modulepreload" href="/a.js">
            <link rel="stylesheet" href="/main-1.css" integrity="x">
            <link rel="icon" href="/icon-1.svg">
            <script type="module">alert(1)</script><script src="/b.js"></script>"#;
        let page = (INDEX.to_owned(), html.into());
        let page = Page::new(&mut Files::from([page]));
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            page.script_hashes,
            ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]
        );
        assert_eq!(page.stylesheet.as_deref(), Some("/main-1.css"));
        assert_eq!(page.icon.as_deref(), Some("/icon-1.svg"));
    }
}
