//! What the documents claim, held against the repository.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod links;
mod messages;
mod names;
mod rooms;
mod skipped;
mod width;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below `directory` with this ending, build output and installed packages left out.
fn files(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", "dist", ".git"].contains(&name.as_str()) {
            found.extend(files(&path, ending));
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn documents() -> Vec<(PathBuf, String)> {
    let mut documents = files(&root().join("docs"), ".md");
    documents.extend(files(&root().join("reqio"), "README.md"));
    for name in [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "examples/README.md",
    ] {
        documents.push(root().join(name));
    }
    documents
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn sources(ending: &str) -> String {
    files(&root(), ending)
        .into_iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

/// What stands between each pair of `open` and `close` on one line.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for mut line in text.lines() {
        while let Some((_, rest)) = line.split_once(open) {
            let Some((inside, after)) = rest.split_once(close) else {
                break;
            };
            found.push(inside);
            line = after;
        }
    }
    found
}
