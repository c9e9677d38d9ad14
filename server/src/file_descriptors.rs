//! File descriptors: enough for every connection that is let in.

/// Two for each of [`connections`](crate::connections) at most: for itself, and for a file that is
/// sent over it.
#[cfg(unix)]
const ENOUGH: u64 = 4_096;

/// Asks for [`ENOUGH`], or as many as this process may have. Systems commonly give 1,024 to begin
/// with, which a client with a thousand idle connections uses up.
#[cfg(unix)]
pub(crate) fn ask_for_enough() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(ENOUGH, |most| most.min(ENOUGH));
    if current.is_none_or(|current| current >= wanted) {
        return;
    }
    if let Err(error) = setrlimit(
        Resource::Nofile,
        Rlimit {
            current: Some(wanted),
            maximum,
        },
    ) {
        tracing::warn!(%error, "no more than the usual number of connections can be open");
    }
}

/// There is no such limit here.
#[cfg(not(unix))]
pub(crate) fn ask_for_enough() {}
