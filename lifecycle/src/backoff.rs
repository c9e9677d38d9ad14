//! How long to wait after a failure.

use std::time::Duration;

use crate::Failure;

/// The longest wait between two attempts, in seconds.
const LONGEST: u64 = 30;
/// The longest wait a server can ask for, in seconds: a mistake in a header is not to end the
/// attempts.
const LONGEST_ASKED: u64 = 300;

/// The wait after so many failures in a row: 1, 2, 4, 8, 16, 30 seconds, or longer if the server
/// asked for it.
pub(crate) fn wait(failures: u32, failure: Failure) -> Duration {
    let own = 1_u64
        .checked_shl(failures.saturating_sub(1))
        .map_or(LONGEST, |seconds| seconds.clamp(1, LONGEST));
    let asked = match failure {
        Failure::Retry(Some(asked)) => asked.min(Duration::from_secs(LONGEST_ASKED)),
        Failure::Retry(None) | Failure::Unauthorized => Duration::ZERO,
    };
    asked.max(Duration::from_secs(own))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::wait;
    use crate::Failure;

    #[test]
    fn waits_double_up_to_a_cap() {
        let seconds: Vec<_> = (1..=8)
            .map(|failures| wait(failures, Failure::Retry(None)).as_secs())
            .collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(wait(u32::MAX, Failure::Retry(None)).as_secs(), 30);
    }

    #[test]
    fn a_server_that_asks_for_more_time_gets_it_within_reason() {
        let asked = |seconds| wait(1, Failure::Retry(Some(Duration::from_secs(seconds)))).as_secs();
        assert_eq!((asked(0), asked(20), asked(9_999)), (1, 20, 300));
    }
}
