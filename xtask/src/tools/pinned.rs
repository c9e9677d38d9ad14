//! Which tools there are, in which versions, and where they come from.

use std::time::Duration;

use semver::{Version, VersionReq};

/// A tool: what it is called, which versions do, and where one that does comes from.
pub(super) struct Tool {
    /// What is asked for its version.
    pub(super) program: &'static [&'static str],
    /// The version that is installed where none fits.
    pub(super) pinned: Version,
    /// The others that do, where it need not be exactly that one.
    pub(super) others: Option<&'static str>,
    pub(super) source: Source,
    /// How long installing it takes on two cores, where it is built from source.
    pub(super) expected: Duration,
}

/// Where a tool comes from.
pub(super) enum Source {
    /// A crate, built with the versions that it was released with or with the newest.
    Cargo {
        package: &'static str,
        locked: bool,
    },
    Npm(&'static str),
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
        source: Source::Cargo {
            package: "trunk",
            locked: true,
        },
        expected: Duration::from_secs(140),
    }
}

/// Its output must match the library in the wasm file, hence exactly the version of Cargo.lock.
pub(super) fn wasm_bindgen(in_lockfile: Version) -> Tool {
    Tool {
        program: &["wasm-bindgen"],
        pinned: in_lockfile,
        others: None,
        source: Source::Cargo {
            package: "wasm-bindgen-cli",
            locked: false,
        },
        expected: Duration::from_secs(60),
    }
}

/// As in Trunk.toml and in frontend/hooks/tools.mjs.
pub(super) fn wasm_opt() -> Tool {
    Tool {
        program: &["wasm-opt"],
        pinned: Version::new(132, 0, 0),
        others: None,
        source: Source::Npm("binaryen"),
        expected: Duration::from_secs(5),
    }
}

/// As in frontend/hooks/tools.mjs.
pub(super) fn esbuild() -> Tool {
    Tool {
        program: &["esbuild"],
        pinned: Version::new(0, 28, 2),
        others: None,
        source: Source::Npm("esbuild"),
        expected: Duration::from_secs(5),
    }
}

pub(super) fn cargo_deny() -> Tool {
    Tool {
        program: &["cargo", "deny"],
        pinned: Version::new(0, 20, 2),
        others: Some(">=0.20.2"),
        source: Source::Cargo {
            package: "cargo-deny",
            locked: true,
        },
        expected: Duration::from_secs(120),
    }
}

/// Formats the inside of `view!`, which rustfmt leaves alone. Exactly one version, since another
/// may format differently.
pub(super) fn leptosfmt() -> Tool {
    Tool {
        program: &["leptosfmt"],
        pinned: Version::new(0, 1, 33),
        others: None,
        source: Source::Cargo {
            package: "leptosfmt",
            locked: true,
        },
        expected: Duration::from_secs(50),
    }
}
