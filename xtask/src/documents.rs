//! What the documents claim, held against the repository: links that lead somewhere, tests that exist.

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
    documents.push(root().join("README.md"));
    documents.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn sources(ending: &str) -> String {
    files(&root(), ending).into_iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// What stands between each pair of `open` and `close` on one line.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for mut line in text.lines() {
        while let Some((_, rest)) = line.split_once(open) {
            let Some((inside, after)) = rest.split_once(close) else { break };
            found.push(inside);
            line = after;
        }
    }
    found
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut links = 0;
    for (document, text) in documents() {
        for target in between(&text, "](", ")").into_iter().filter(|target| !target.contains("://")) {
            let (path, heading) = target.split_once('#').unwrap_or((target, ""));
            let linked = if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            assert!(linked.exists(), "{}: {target} leads nowhere", document.display());
            if !heading.is_empty() {
                // As GitHub makes it: lower case, no punctuation, a hyphen for each space.
                let slug = |line: &str| {
                    let line = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
                    line.replace(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_', "")
                };
                let headings = fs::read_to_string(&linked).unwrap();
                assert!(
                    headings.lines().any(|line| line.starts_with('#') && slug(line) == heading),
                    "{target}: no such heading"
                );
            }
            links += 1;
        }
    }
    assert!(links >= 20, "only {links} links were found");
}

#[test]
fn every_test_that_a_document_names_exists() {
    let (rust, typescript) = (sources(".rs"), sources(".ts"));
    let mut tests = 0;
    for (document, text) in documents() {
        let is_sentence = |name: &&str| {
            name.matches('_').count() > 3
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        for name in between(&text, "`", "`").into_iter().filter(is_sentence) {
            assert!(rust.contains(&format!("fn {name}(")), "{}: there is no test {name}", document.display());
            tests += 1;
        }
        for name in between(&text, "| \"", "\" |") {
            let named = [format!("\"{name}\""), format!("`{name}`")].iter().any(|quoted| typescript.contains(quoted));
            assert!(named, "{}: there is no test {name:?}", document.display());
            tests += 1;
        }
    }
    assert!(tests > 40, "only {tests} tests were found");
}

#[test]
fn every_xtask_that_a_document_names_exists() {
    let usage = include_str!("main.rs");
    for (document, text) in documents() {
        for command in between(&text, "`cargo xtask ", "`") {
            assert!(usage.contains(&format!("\"{command}\"")), "{}: there is no xtask {command}", document.display());
        }
    }
}
