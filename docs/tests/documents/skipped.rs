//! Tests that do not run by themselves: these, each for its reason, and no other.

use super::sources;

/// The reason as it stands, for each test that is run by hand.
const BY_HAND: [&str; 2] = ["takes ten minutes", "measures, so the machine must be idle"];

#[test]
fn no_test_is_skipped_but_those_that_are_known_to_be() {
    let rust = sources(".rs");
    let attribute = concat!("#[", "ignore");
    assert_eq!(rust.matches(attribute).count(), BY_HAND.len());
    for reason in BY_HAND {
        let ignored = format!("{attribute} = \"{reason}");
        assert_eq!(rust.matches(&ignored).count(), 1, "{reason}");
    }
    let typescript = sources(".ts");
    for skipping in [".skip(", ".fixme(", ".only(", ".fail("] {
        assert_eq!(typescript.matches(skipping).count(), 0, "{skipping}");
    }
}
