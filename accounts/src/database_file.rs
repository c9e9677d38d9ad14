//! Whether the database's file is still the one that the pool's connections have open.

use std::{
    fs::{self, Metadata},
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The file at a path, and since when it is that one.
///
/// SQLite in WAL mode goes on writing to a file that was deleted, moved away or replaced, and all
/// that was acknowledged meanwhile would be gone. So every use of a connection looks first whether
/// its file is still in its place.
#[derive(Debug)]
pub(crate) struct DatabaseFile {
    path: PathBuf,
    /// The most that opening a connection takes: one that is older than a change by less may have
    /// been opened before it.
    longest_connect: Duration,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    identity: Option<Identity>,
    changed: Option<Instant>,
}

impl DatabaseFile {
    /// The file at `path` as it is now.
    pub(crate) fn new(path: PathBuf, longest_connect: Duration) -> Self {
        let seen = Seen {
            identity: identity(&path),
            changed: None,
        };
        Self {
            path,
            longest_connect,
            seen: Mutex::new(seen),
        }
    }

    /// Whether a connection that has been open for `age` has the file open that is at the path now.
    pub(crate) fn is_open_in_connection(&self, age: Duration) -> bool {
        let found = identity(&self.path);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.identity != found {
            let (path, present) = (self.path.display(), found.is_some());
            tracing::error!(%path, present, "the database's file has changed");
            *seen = Seen {
                identity: found,
                changed: Some(Instant::now()),
            };
        }
        seen.changed
            .is_none_or(|changed| age + self.longest_connect < changed.elapsed())
    }
}

fn identity(path: &PathBuf) -> Option<Identity> {
    fs::metadata(path).ok().map(|metadata| of(&metadata))
}

/// Device, inode and mode: a connection opened while the file could not be written stays unable to.
#[cfg(unix)]
type Identity = (u64, u64, u32);

#[cfg(unix)]
fn of(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino(), metadata.mode())
}

/// An open file can be neither deleted nor replaced here, only made read-only.
#[cfg(not(unix))]
type Identity = bool;

#[cfg(not(unix))]
fn of(metadata: &Metadata) -> Identity {
    metadata.permissions().readonly()
}
