//! A block that names a file of this repository is a piece of that file, as it stands.

use std::fs;

use super::{block::blocks, document, root};

/// Without the indentation that all lines share.
fn outdented(piece: &[&str]) -> String {
    let indented = |line: &&str| line.len() - line.trim_start().len();
    let lines = piece.iter().filter(|line| !line.is_empty());
    let shared = lines.map(indented).min().unwrap_or_default();
    let lines = piece
        .iter()
        .map(|line| line.get(shared..).unwrap_or_default());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn what_docs_leptos_md_shows_of_an_example_is_in_it() {
    let document = document("leptos.md");
    let pieces = blocks(&document).into_iter().filter_map(|block| {
        let file = block.file.filter(|file| file.starts_with("examples/"))?;
        Some((file, block.text))
    });
    let mut found = 0;
    for (file, piece) in pieces {
        let source = fs::read_to_string(root().join(file)).unwrap();
        let lines: Vec<&str> = source.lines().collect();
        let mut windows = lines.windows(piece.lines().count());
        assert!(
            windows.any(|window| outdented(window) == piece),
            "{file} has no\n{piece}"
        );
        found += 1;
    }
    assert!(found > 0, "no block names a file of the examples");
}
