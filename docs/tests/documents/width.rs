//! Long texts and markup, which rustfmt leaves alone, are no wider than what it breaks.

use std::fs;

use super::{files, root};

#[test]
fn no_line_of_rust_is_wider_than_a_hundred_columns() {
    for path in files(&root(), ".rs") {
        let source = fs::read_to_string(&path).unwrap();
        for (line, number) in source.lines().zip(1..) {
            let is_wide = line.chars().count() > 100;
            assert!(!is_wide, "{}:{number}", path.display());
        }
    }
}
