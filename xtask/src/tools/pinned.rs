//! Which tools there are, in which versions, and where they come from.

use std::time::Duration;

use crate::version::{Version, Wanted};

/// A tool: what it is called, which versions do, and where one that does comes from.
pub(super) struct Tool {
    /// What is asked for its version.
    pub(super) program: Vec<&'static str>,
    pub(super) wanted: Wanted,
    pub(super) pinned: Version,
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

pub(super) fn trunk() -> Tool {
    // Not 0.22, which needs a newer Rust to build; where it is installed, it will do.
    let pinned = Version([0, 21, 14]);
    Tool {
        program: vec!["trunk"],
        wanted: Wanted::Between(pinned, Version([0, 23, 0])),
        pinned,
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
        program: vec!["wasm-bindgen"],
        wanted: Wanted::Exactly(in_lockfile),
        pinned: in_lockfile,
        source: Source::Cargo {
            package: "wasm-bindgen-cli",
            locked: false,
        },
        expected: Duration::from_secs(60),
    }
}

pub(super) fn wasm_opt() -> Tool {
    // As in Trunk.toml and in frontend/hooks/tools.mjs.
    let pinned = Version([132, 0, 0]);
    Tool {
        program: vec!["wasm-opt"],
        wanted: Wanted::Exactly(pinned),
        pinned,
        source: Source::Npm("binaryen"),
        expected: Duration::from_secs(5),
    }
}

pub(super) fn esbuild() -> Tool {
    // As in frontend/hooks/tools.mjs.
    let pinned = Version([0, 28, 2]);
    Tool {
        program: vec!["esbuild"],
        wanted: Wanted::Exactly(pinned),
        pinned,
        source: Source::Npm("esbuild"),
        expected: Duration::from_secs(5),
    }
}

pub(super) fn cargo_deny() -> Tool {
    let pinned = Version([0, 20, 2]);
    Tool {
        program: vec!["cargo", "deny"],
        wanted: Wanted::AtLeast(pinned),
        pinned,
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
    let pinned = Version([0, 1, 33]);
    Tool {
        program: vec!["leptosfmt"],
        wanted: Wanted::Exactly(pinned),
        pinned,
        source: Source::Cargo {
            package: "leptosfmt",
            locked: true,
        },
        expected: Duration::from_secs(60),
    }
}
