//! Commands in the documents are run by a test.

use std::fs;

use super::{documents, root, sources};

/// What shows that a command works.
enum Runner {
    /// The test of this name runs it.
    Test(&'static str),
    /// This file, a part of `cargo xtask test` or of what calls it, runs it in these words.
    Words(&'static str, &'static str),
}

/// Each command of a document, or its beginning up to a space, and what runs it.
const RUNNERS: [(&str, &str, Runner); 13] = [
    (
        "README.md",
        "cargo xtask test",
        Runner::Words(".ci/run", "cargo xtask test"),
    ),
    (
        "README.md",
        "cargo xtask demo",
        Runner::Words("xtask/src/commands/test.rs", "try_out()"),
    ),
    (
        "docs/sandbox.md",
        "cargo run -p sandbox",
        Runner::Test("alone_it_makes_up_what_is_missing_and_prints_it_ready_to_paste"),
    ),
    ("docs/rust.md", "cargo new acme", RUST),
    ("docs/rust.md", "cd acme", RUST),
    ("docs/rust.md", "cargo add ", RUST),
    ("docs/rust.md", "set -a; . ./.env; set +a", RUST),
    ("docs/rust.md", "DEMO_SESSION=ada cargo run", RUST),
    ("docs/leptos.md", "cargo new --lib acme", LEPTOS),
    ("docs/leptos.md", "cd acme", LEPTOS),
    (
        "docs/leptos.md",
        "trunk build",
        Runner::Words(
            "xtask/src/commands/build.rs",
            "trunk(&tools).args([\"build\"",
        ),
    ),
    ("docs/leptos.md", "set -a; . ./.env; set +a", LEPTOS),
    (
        "docs/leptos.md",
        "DEMO_SESSION=ada cargo run --features ssr --bin server",
        LEPTOS,
    ),
];
const RUST: Runner =
    Runner::Test("following_docs_rust_md_gives_a_page_whose_token_the_sandbox_accepts");
const LEPTOS: Runner =
    Runner::Test("following_docs_leptos_md_gives_two_halves_whose_token_the_sandbox_accepts");

/// The lines of the shell's blocks, without those that only show what a file holds.
fn commands(document: &str) -> Vec<&str> {
    let blocks = document
        .split("\n```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next());
    let is_setting = |line: &str| {
        line.split_once('=')
            .is_some_and(|(name, value)| !name.contains(' ') && !value.contains(' '))
    };
    blocks
        .flat_map(str::lines)
        .filter(|line| !line.is_empty() && !is_setting(line))
        .collect()
}

fn is(command: &str, known: &str) -> bool {
    command == known || known.ends_with(' ') && command.starts_with(known)
}

#[test]
fn every_command_in_a_document_is_run_by_a_test() {
    let tests = sources(".rs");
    let root = root().canonicalize().unwrap();
    let mut met = [false; RUNNERS.len()];
    for (path, text) in documents() {
        let path = path.canonicalize().unwrap();
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        for command in commands(&text) {
            let known = RUNNERS
                .iter()
                .position(|(document, known, _)| *document == name && is(command, known));
            let known = known.unwrap_or_else(|| panic!("{name}: no test runs `{command}`"));
            met[known] = true;
            match RUNNERS[known].2 {
                Runner::Test(test) => assert!(
                    tests.contains(&format!("fn {test}(")),
                    "{command}: there is no {test}"
                ),
                Runner::Words(file, words) => {
                    let source = fs::read_to_string(root.join(file)).unwrap();
                    assert!(
                        source.contains(words),
                        "{command}: {file} does not say {words:?} any more"
                    );
                }
            }
        }
    }
    for ((document, command, _), met) in RUNNERS.iter().zip(met) {
        assert!(met, "{document} does not name `{command}` any more");
    }
}

#[test]
fn settings_and_other_languages_are_no_commands() {
    let document =
        "a\n```sh\nREQIO_PROJECT_ID=x\nADDR=y cargo run\n```\n```rust\nlet a = 1;\n```\n";
    assert_eq!(commands(document), ["ADDR=y cargo run"]);
}
