//! Ctrl-C and its relatives: noticed here, obeyed wherever a child process is waited for.

use anyhow::{Context, Result};

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::register;

/// Ctrl-C, a request to terminate and, where there is such a thing, the closing of the terminal.
const SIGNALS: &[i32] = &[
    SIGINT,
    SIGTERM,
    #[cfg(unix)]
    signal_hook::consts::SIGHUP,
];

static RECEIVED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on these signals are noted instead of ending this program at once.
pub(crate) fn watch() -> Result<()> {
    SIGNALS
        .iter()
        .try_for_each(|signal| register(*signal, Arc::clone(&RECEIVED)).map(drop))
        .context("cannot watch for Ctrl-C")
}

/// Whether this program has been asked to end.
pub(crate) fn received() -> bool {
    RECEIVED.load(Ordering::SeqCst)
}
