//! Versions of tools: read from what a tool prints or from Cargo.lock, and compared with what is
//! wanted.

use std::fmt;

/// A version as its three numbers; what follows them (a pre-release, a commit) is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) [u64; 3]);

impl Version {
    /// The first version in what a tool answers to `--version`, with missing numbers taken as zero.
    pub(crate) fn in_text(text: &str) -> Option<Self> {
        let word = text
            .split_whitespace()
            .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
        let mut numbers = [0; 3];
        let core = word.split(['-', '+']).next()?;
        for (number, part) in numbers.iter_mut().zip(core.split('.')) {
            *number = part.parse().ok()?;
        }
        Some(Self(numbers))
    }

    /// The version of a package in the text of a Cargo.lock.
    pub(crate) fn in_lockfile(lockfile: &str, package: &str) -> Option<Self> {
        let name = format!("name = \"{package}\"");
        let line = lockfile.lines().skip_while(|line| *line != name).nth(1)?;
        Self::in_text(line.strip_prefix("version = \"")?.strip_suffix('"')?)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

/// The versions of a tool that will do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    Exactly(Version),
    AtLeast(Version),
    /// The first fits, the second does not any more.
    Between(Version, Version),
}

impl Wanted {
    pub(crate) fn fits(self, version: Version) -> bool {
        match self {
            Self::Exactly(wanted) => version == wanted,
            Self::AtLeast(lowest) => version >= lowest,
            Self::Between(lowest, below) => (lowest..below).contains(&version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_each_tool_prints() {
        assert_eq!(
            Version::in_text("trunk 0.21.14"),
            Some(Version([0, 21, 14]))
        );
        assert_eq!(
            Version::in_text("wasm-bindgen 0.2.130 (e2a3f7c 2026-05-01)"),
            Some(Version([0, 2, 130]))
        );
        assert_eq!(
            Version::in_text("wasm-opt version 132 (version_132)"),
            Some(Version([132, 0, 0]))
        );
        assert_eq!(
            Version::in_text("trunk 0.22.0-rc.1"),
            Some(Version([0, 22, 0]))
        );
    }

    #[test]
    fn text_without_a_version_has_none() {
        assert_eq!(Version::in_text(""), None);
        assert_eq!(Version::in_text("command not found"), None);
        assert_eq!(Version::in_text("1.x"), None);
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert!(Version([0, 21, 14]) > Version([0, 21, 9]));
        assert!(Version([0, 22, 0]) > Version([0, 21, 14]));
    }

    #[test]
    fn each_kind_of_wish_has_its_edges() {
        let (low, high) = (Version([0, 21, 14]), Version([0, 23, 0]));
        let patch_before = Version([0, 21, 13]);
        assert!(Wanted::Between(low, high).fits(low));
        assert!(!Wanted::Between(low, high).fits(high));
        assert!(!Wanted::Between(low, high).fits(patch_before));
        assert!(Wanted::AtLeast(low).fits(low) && Wanted::AtLeast(low).fits(high));
        assert!(!Wanted::AtLeast(low).fits(patch_before));
        assert!(Wanted::Exactly(low).fits(low));
        assert!(!Wanted::Exactly(low).fits(high) && !Wanted::Exactly(low).fits(patch_before));
    }

    #[test]
    fn a_locked_version_is_that_of_the_package_and_not_of_its_namesakes() {
        let lockfile = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";
        assert_eq!(
            Version::in_lockfile(lockfile, "wasm-bindgen"),
            Some(Version([0, 2, 130]))
        );
        assert_eq!(Version::in_lockfile(lockfile, "bindgen"), None);
    }
}
