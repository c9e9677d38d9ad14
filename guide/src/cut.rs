//! Pieces of source files, cut out along markers.

/// What stands in `source` under the marker `name`: from the comment `take home: name` to the next
/// such comment, as often as that marker appears, without indentation that all its lines share.
///
/// # Panics
/// If there is no such marker: the sources are compiled in, so the tests of this crate see every
/// case.
pub(crate) fn cut(source: &str, name: &str) -> String {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in source.lines() {
        match marker(line) {
            Some(marker) => inside = marker == name,
            None if inside => lines.push(line),
            None => {}
        }
    }
    let indented = |line: &&str| line.len() - line.trim_start().len();
    let shared = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indented)
        .min()
        .unwrap_or_default();
    let lines: Vec<&str> = lines
        .into_iter()
        .map(|line| line.get(shared..).unwrap_or_default())
        .collect();
    let piece = lines.join("\n");
    assert!(!piece.trim().is_empty(), "no piece is marked {name:?}");
    format!("{}\n", piece.trim_matches('\n'))
}

/// The name that a marker gives, in the comments of Rust, HTML and `.env` files.
pub(crate) fn marker(line: &str) -> Option<&str> {
    let line = line.trim();
    let comment = ["// ", "<!-- ", "# "]
        .into_iter()
        .find_map(|opening| line.strip_prefix(opening))?;
    comment
        .strip_prefix("take home: ")
        .map(|name| name.trim_end_matches(" -->"))
}

#[cfg(test)]
mod tests {
    use super::cut;

    const SOURCE: &str = "a\n// take home: one\nb\n    <!-- take home: two -->\n    c\n      d\n# take home: one\ne\n// take home: end\nf\n";

    #[test]
    fn a_piece_ends_at_the_next_marker_and_goes_on_at_its_own() {
        assert_eq!(cut(SOURCE, "one"), "b\ne\n");
    }

    #[test]
    fn a_piece_loses_the_indentation_that_its_lines_share() {
        assert_eq!(cut(SOURCE, "two"), "c\n  d\n");
    }

    #[test]
    #[should_panic(expected = "no piece is marked \"three\"")]
    fn a_piece_that_is_not_marked_is_no_empty_piece() {
        cut(SOURCE, "three");
    }
}
