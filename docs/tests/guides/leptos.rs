//! docs/leptos.md: its diff leads from a plain app to examples/leptos-csr.

use std::fs;

use reqio_identity::Configuration;

use super::{
    block::{Block, blocks},
    document,
    project::{Project, files, success},
    root,
};

const EXAMPLE: &str = "examples/leptos-csr";

/// Every diff of the document, one after the other, as `git apply` takes them.
fn diffs(document: &str) -> String {
    let blocks = blocks(document);
    let diffs = blocks.iter().filter(|block| block.language == "diff");
    diffs.map(|Block { text, .. }| *text).collect()
}

#[test]
fn the_diff_of_docs_leptos_md_leads_from_a_plain_app_to_the_example() {
    let diffs = diffs(&document("leptos.md"));
    let app = Project::with(files(&root().join(EXAMPLE)));
    app.write("../reqio.diff", &diffs);

    success(app.command("git").args(["apply", "-R", "../reqio.diff"]));
    for (file, text) in files(app.directory()) {
        let text = text.to_lowercase();
        assert!(!text.contains("reqio"), "{file:?} of a plain app: {text}");
    }
    app.take_the_lockfile();
    success(app.command("cargo").arg("check"));
    // What Trunk has cargo do.
    success(app.command("cargo").args([
        "check",
        "--target=wasm32-unknown-unknown",
        "--no-default-features",
        "--features=csr",
        "--bin=browser",
    ]));
    app.assert_nothing_floats();

    success(app.command("git").args(["apply", "../reqio.diff"]));
    fs::remove_file(app.directory().join("Cargo.lock")).unwrap();
    assert_eq!(files(app.directory()), files(&root().join(EXAMPLE)));
}

#[test]
fn the_diff_of_docs_leptos_md_changes_at_most_40_lines() {
    let document = document("leptos.md");
    let diffs = diffs(&document);
    let is_change = |line: &&str| {
        let is_heading = line.starts_with("--- a/") || line.starts_with("+++ b/");
        line.starts_with(['+', '-']) && !is_heading
    };
    let changes = diffs.lines().filter(is_change).count();
    assert!((1..=40).contains(&changes), "{changes} lines");
    let said = format!("{changes} changed lines");
    assert!(document.contains(&said), "the document does not say {said}");
}

#[test]
fn every_file_of_the_diff_has_a_block_of_its_own_under_its_name() {
    for block in blocks(&document("leptos.md")) {
        if block.language == "diff" {
            let file = block.file.expect("the block names its file");
            let heading = format!("--- a/{file}\n+++ b/{file}\n");
            assert!(block.text.starts_with(&heading), "{file}");
            assert_eq!(block.text.matches("\n+++ b/").count(), 1, "{file}");
        }
    }
}

#[test]
fn the_tag_and_the_variables_of_docs_leptos_md_are_those_that_the_crates_know() {
    let document = document("leptos.md");
    let block = |language| {
        blocks(&document)
            .into_iter()
            .find(|block| block.language == language)
    };
    let (variables, tag) = (block("ini").unwrap().text, block("html").unwrap().text);
    // A secret as long as a real one, in place of the placeholder that everybody knows.
    let secret = "the-secret-exactly-as-reqio-shows-it";
    let variables = variables.replace(secret, &secret.to_uppercase());
    let value = |name| {
        let (_, value) = variables
            .lines()
            .filter_map(|line| line.split_once('='))
            .find(|it| it.0 == name)?;
        Some(value.to_owned())
    };
    let reqio = Configuration::from_variables(value).unwrap();
    assert_eq!(tag, format!("{}\n", reqio.script.tag(None)));
}
