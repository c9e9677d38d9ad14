//! Placeholders, replaced by a project's own values.

/// `text` with every placeholder replaced by its value, in one go: a value is never searched for
/// placeholders. Of two placeholders that begin at the same place the first listed wins.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    let next = |rest: &str| {
        let found = values.iter().filter_map(|&(placeholder, value)| {
            Some((rest.find(placeholder)?, placeholder, value))
        });
        found.min_by_key(|&(at, ..)| at)
    };
    while let Some((at, placeholder, value)) = next(rest) {
        filled.push_str(&rest[..at]);
        filled.push_str(value);
        rest = &rest[at + placeholder.len()..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_that_holds_a_placeholder_is_left_alone() {
        let values = [("url/id", "url/my-id"), ("id", "my-id")];
        assert_eq!(
            fill("at url/id, named id.", &values),
            "at url/my-id, named my-id."
        );
    }
}
