//! docs/deploy.md says of every block whether a test runs it, and is right.

use crate::{block::blocks, guide::document};

/// What stands before a block that no test runs.
const NOT_RUN: &str = "*Not run by a test";
const TESTS: [&str; 4] = [
    include_str!("backup.rs"),
    include_str!("guide.rs"),
    include_str!("nginx.rs"),
    include_str!("unit.rs"),
];

#[test]
fn every_block_is_run_by_a_test_or_said_not_to_be() {
    let document = document();
    let mut rest = &*document;
    let mut run = 0;
    for block in blocks(&document) {
        let fence = format!("```{}\n{}", block.language, block.text);
        let (before, after) = rest.split_once(&fence).unwrap();
        rest = after;
        let paragraph = before.trim_end().rsplit("\n\n").next().unwrap();
        // The picture has no language.
        if block.language.is_empty() || paragraph.starts_with(NOT_RUN) {
            continue;
        }
        let name = block.file.or_else(|| block.text.lines().next()).unwrap();
        let quoted = format!("\"{name}\"");
        assert!(
            TESTS.iter().any(|test| test.contains(&quoted)),
            "no test runs {name}"
        );
        run += 1;
    }
    assert!(run > 10, "only {run} blocks");
}
