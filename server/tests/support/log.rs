//! The log of a server in the test's own process.

/// From here on the log goes to the output of whichever test it comes from, and is shown if that
/// one fails.
pub(crate) fn show_in_failed_tests() {
    let log = tracing_subscriber::fmt()
        .with_test_writer()
        .with_ansi(false);
    // One serves all tests of the process: the first to come has set it up.
    drop(log.try_init());
}
