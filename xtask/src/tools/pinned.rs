//! Which tools there are, in which versions, and where they come from.

use semver::{Version, VersionReq};

/// A tool: what it is called, which versions do, and where one that does comes from.
pub(super) struct Tool {
    /// What is asked for its version.
    pub(super) program: &'static [&'static str],
    /// The version that is installed where none fits.
    pub(super) pinned: Version,
    /// The others that do, where it need not be exactly that one.
    pub(super) others: Option<&'static str>,
    /// The crate that it is built from.
    pub(super) package: &'static str,
    /// Built with the versions that it was released with, or with the newest.
    pub(super) locked: bool,
    /// How long installing it takes on two cores, where it is built from source.
    pub(super) seconds: u64,
}

impl Tool {
    pub(super) fn fits(&self, version: &Version) -> bool {
        let others = self.others.and_then(|other| VersionReq::parse(other).ok());
        *version == self.pinned || others.is_some_and(|others| others.matches(version))
    }
}

pub(super) fn trunk() -> Tool {
    Tool {
        program: &["trunk"],
        pinned: Version::new(0, 21, 14),
        // 0.22 needs a newer Rust to build; where it is installed, it will do.
        others: Some(">=0.21.14, <0.23"),
        package: "trunk",
        locked: true,
        seconds: 140,
    }
}

/// Its output must match the library in the wasm file, hence exactly the version of Cargo.lock.
pub(super) fn wasm_bindgen(in_lockfile: Version) -> Tool {
    Tool {
        program: &["wasm-bindgen"],
        pinned: in_lockfile,
        others: None,
        package: "wasm-bindgen-cli",
        locked: false,
        seconds: 60,
    }
}

pub(super) fn cargo_deny() -> Tool {
    Tool {
        program: &["cargo", "deny"],
        pinned: Version::new(0, 20, 2),
        others: Some(">=0.20.2"),
        package: "cargo-deny",
        locked: true,
        seconds: 120,
    }
}

/// Formats the inside of `view!`, which rustfmt leaves alone. Exactly one version, since another
/// may format differently.
pub(super) fn leptosfmt() -> Tool {
    Tool {
        program: &["leptosfmt"],
        pinned: Version::new(0, 1, 33),
        others: None,
        package: "leptosfmt",
        locked: true,
        seconds: 50,
    }
}

/// The first version in what a tool answers to `--version`, or Cargo when asked for the one it has.
pub(super) fn version_in(text: &str) -> Option<Version> {
    text.split(|char: char| char.is_whitespace() || "#@".contains(char))
        .find_map(|word| Version::parse(word).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_each_tool_prints() {
        for (printed, version) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-bindgen 0.2.130 (e2a3f7c 2026-05-01)", "0.2.130"),
            ("leptosfmt 0.1.33\n", "0.1.33"),
            ("registry+https://crates.io#wasm-bindgen@0.2.130", "0.2.130"),
            ("file:///work/wasm-bindgen#0.2.130", "0.2.130"),
        ] {
            assert_eq!(version_in(printed).unwrap().to_string(), version);
        }
    }

    #[test]
    fn text_without_a_version_has_none() {
        for text in ["", "command not found", "1.x", "version 132"] {
            assert_eq!(version_in(text), None, "{text}");
        }
    }
}
