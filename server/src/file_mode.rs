//! Who may read the files that this process makes.

/// Nobody but its owner: the database holds names, emails and what everybody pays. A file that is
/// there already keeps its mode.
#[cfg(unix)]
pub(crate) fn keep_to_the_owner() {
    use rustix::{fs::Mode, process::umask};

    umask(Mode::RWXG | Mode::RWXO);
}

/// Files belong to their owner here anyway.
#[cfg(not(unix))]
pub(crate) fn keep_to_the_owner() {}
