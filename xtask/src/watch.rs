//! Notices that source files changed, by looking at their modification times.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

/// Which files there are and when each was last written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Snapshot(BTreeMap<PathBuf, SystemTime>);

impl Snapshot {
    /// What the directories hold now. A file that vanishes meanwhile is simply not in it.
    pub(crate) fn of(directories: &[&str]) -> Self {
        let mut snapshot = Self::default();
        for directory in directories {
            // A directory that cannot be read shows as empty; once it can be, that is a change.
            let _unreadable = snapshot.add(Path::new(directory));
        }
        snapshot
    }

    fn add(&mut self, directory: &Path) -> io::Result<()> {
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                self.add(&entry.path())?;
            } else {
                self.0.insert(entry.path(), metadata.modified()?);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_a_new_and_a_removed_file_are_changes() {
        let directory = std::env::temp_dir().join(format!("xtask-watch-{}", std::process::id()));
        let nested = directory.join("src");
        fs::create_dir_all(&nested).unwrap();
        let name = directory.to_str().unwrap();
        fs::write(nested.join("lib.rs"), "one").unwrap();
        let first = Snapshot::of(&[name]);
        assert_eq!(first, Snapshot::of(&[name]));

        let file = fs::File::options()
            .write(true)
            .open(nested.join("lib.rs"))
            .unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let written = Snapshot::of(&[name]);
        fs::write(nested.join("new.rs"), "two").unwrap();
        let added = Snapshot::of(&[name]);
        fs::remove_file(nested.join("new.rs")).unwrap();
        let removed = Snapshot::of(&[name]);
        fs::remove_dir_all(&directory).unwrap();

        assert_ne!(first, written);
        assert_ne!(written, added);
        assert_eq!(written, removed);
    }

    #[test]
    fn the_sources_of_the_server_are_where_they_are_looked_for() {
        for directory in crate::commands::dev::SERVER_SOURCES {
            let path = format!("{}/../{directory}", env!("CARGO_MANIFEST_DIR"));
            assert_ne!(
                Snapshot::of(&[&path]),
                Snapshot::default(),
                "{directory} is empty"
            );
        }
    }
}
