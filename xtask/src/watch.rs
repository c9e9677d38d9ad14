//! Notices that files changed, by looking at their modification times.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Which files there are and when each was last written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Snapshot(BTreeMap<PathBuf, SystemTime>);

impl Snapshot {
    /// What is there now of these files, and in these directories.
    pub(crate) fn of(paths: &[impl AsRef<Path>]) -> Self {
        let mut snapshot = Self::default();
        for path in paths {
            snapshot.add(path.as_ref());
        }
        snapshot
    }

    /// Takes the other's place, and says whether it is another.
    pub(crate) fn changes_to(&mut self, now: Self) -> bool {
        let changed = *self != now;
        *self = now;
        changed
    }

    /// A path that cannot be read is as good as missing; once it can be, that is a change.
    fn add(&mut self, path: &Path) {
        if let Ok(entries) = fs::read_dir(path) {
            entries.flatten().for_each(|entry| self.add(&entry.path()));
        } else if let Ok(written) = fs::metadata(path).and_then(|file| file.modified()) {
            self.0.insert(path.to_owned(), written);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_a_new_and_a_removed_file_are_changes() {
        let directory = tempfile::tempdir().unwrap();
        let nested = directory.path().join("src");
        let [old, new] = ["lib.rs", "new.rs"].map(|name| nested.join(name));
        fs::create_dir(&nested).unwrap();
        fs::write(&old, "one").unwrap();
        let now = || Snapshot::of(&[directory.path()]);
        let mut seen = now();
        assert!(!seen.changes_to(now()));

        let file = fs::File::options().write(true).open(&old).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert!(seen.changes_to(now()));
        fs::write(&new, "two").unwrap();
        assert!(seen.changes_to(now()));
        fs::remove_file(&new).unwrap();
        assert!(seen.changes_to(now()));
        assert!(!seen.changes_to(now()));
        let file = Snapshot::of(&[&old]);
        assert_ne!(file, Snapshot::of(&[&new]));
    }

    #[test]
    fn the_sources_are_where_they_are_looked_for() {
        // Not everybody has a `.env`.
        for source in &crate::commands::dev::SOURCES[1..] {
            let path = format!("{}/../{source}", env!("CARGO_MANIFEST_DIR"));
            assert_ne!(Snapshot::of(&[&path]), Snapshot::default(), "no {source}");
        }
    }
}
