//! Versions of tools, read from what a tool prints or from Cargo.lock.

use semver::Version;

/// The first version in what a tool answers to `--version`.
pub(crate) fn in_text(text: &str) -> Option<Version> {
    text.split_whitespace()
        .find_map(|word| Version::parse(word).ok())
}

/// The version of a package in the text of a Cargo.lock.
pub(crate) fn in_lockfile(lockfile: &str, package: &str) -> Option<Version> {
    let name = format!("name = \"{package}\"");
    let line = lockfile.lines().skip_while(|line| *line != name).nth(1)?;
    in_text(line.strip_prefix("version = \"")?.strip_suffix('"')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_each_tool_prints() {
        for (printed, version) in [
            ("trunk 0.21.14", Version::new(0, 21, 14)),
            (
                "wasm-bindgen 0.2.130 (e2a3f7c 2026-05-01)",
                Version::new(0, 2, 130),
            ),
        ] {
            assert_eq!(in_text(printed), Some(version));
        }
    }

    #[test]
    fn text_without_a_version_has_none() {
        for text in ["", "command not found", "1.x", "version 132"] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_locked_version_is_that_of_the_package_and_not_of_its_namesakes() {
        let lockfile = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";
        let locked = in_lockfile(lockfile, "wasm-bindgen");
        assert_eq!(locked, Some(Version::new(0, 2, 130)));
        assert_eq!(in_lockfile(lockfile, "bindgen"), None);
    }
}
