//! The files that Trunk built, and what the server has to know of the page among them.
//!
//! A release build of the server has them inside, a debug build reads the folder `dist` at start.

use std::collections::BTreeMap;

use axum::body::Bytes;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// The page's name among the files.
pub(crate) const INDEX: &str = "index.html";
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Not built</title>\
     <h1>The browser's half is not built</h1>\
     <p>Run <code>cargo xtask build</code> in the repository's root. \
     A debug build of the server is to be started there, too.</html>";

/// The content of each file, by its path below `dist`.
pub(crate) type Files = BTreeMap<String, Bytes>;

/// Every file, compressed copies included; none if nothing is built.
#[cfg(not(debug_assertions))]
pub(crate) fn files() -> Files {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../dist"]
    #[allow_missing = true]
    struct Dist;

    let content = |name: &str| match Dist::get(name)?.data {
        std::borrow::Cow::Borrowed(inside) => Some(Bytes::from_static(inside)),
        std::borrow::Cow::Owned(read) => Some(read.into()),
    };
    let file = |name: std::borrow::Cow<'_, str>| Some((name.to_string(), content(&name)?));
    Dist::iter().filter_map(file).collect()
}

/// Every file, compressed copies included; none if nothing is built.
#[cfg(debug_assertions)]
pub(crate) fn files() -> Files {
    let file = |entry: walkdir::Result<walkdir::DirEntry>| {
        let entry = entry.ok()?;
        let name = entry.path().strip_prefix("dist").ok()?.to_str()?;
        let name = name.replace(std::path::MAIN_SEPARATOR, "/");
        Some((name, std::fs::read(entry.path()).ok()?.into()))
    };
    let entries = walkdir::WalkDir::new("dist").into_iter();
    entries.filter_map(file).collect()
}

/// What the server has to know of the page.
pub(crate) struct Page {
    /// Whether it is built. If not, a page that says how to build it stands in.
    pub(crate) is_built: bool,
    /// The inline scripts, such as Trunk's bootstrap, each as the CSP source that allows it.
    pub(crate) script_hashes: Vec<String>,
    /// The tags of its stylesheet and its icon.
    pub(crate) links: String,
}

impl Page {
    /// Reads the page in `files`, and adds one that says how to build it if there is none.
    pub(crate) fn new(files: &mut Files) -> Self {
        let is_built = files.contains_key(INDEX);
        let html = files.entry(INDEX.to_owned()).or_insert(NOT_BUILT.into());
        let html = String::from_utf8_lossy(html);
        let is_kept = |tag: &&str| tag.contains("\"stylesheet\"") || tag.contains("\"icon\"");
        let tags = html
            .split_inclusive('>')
            .filter_map(|tag| tag.get(tag.find("<link")?..));
        let links = tags.filter(is_kept).collect();
        let script_hashes = inline_scripts(&html).map(csp_source).collect();
        Self {
            is_built,
            script_hashes,
            links,
        }
    }
}

/// The text of every script that is written in the page itself.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

/// The CSP source that allows this script and no other (CSP Level 3, section 2.3.1).
fn csp_source(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
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
        let page = Page::new(&mut Files::from([(INDEX.to_owned(), html.into())]));
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert_eq!(page.script_hashes, [hash]);
        let stylesheet = r#"<link rel="stylesheet" href="/main-1.css" integrity="x">"#;
        let icon = r#"<link rel="icon" href="/icon-1.svg">"#;
        assert_eq!(page.links, [stylesheet, icon].concat());
    }
}
