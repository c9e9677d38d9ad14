//! How long things may take, and how long to wait when they fail.

use std::time::Duration;

use crate::Failure;

/// The settings of a [`Lifecycle`](crate::Lifecycle). Start from [`Timings::default`] and change
/// what you have a reason to change.
///
/// ```
/// use std::time::Duration;
/// use reqio_lifecycle::Timings;
///
/// let mut timings = Timings::default();
/// timings.request_limit = Duration::from_secs(5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// How long a request may take before it counts as failed: 15 seconds.
    pub request_limit: Duration,
    /// The next token is asked for when one part in so many is left of the life of the last: a
    /// third, which of 300 seconds leaves 100 for a server that is slow or away.
    pub spare: u32,
    /// A token that arrives with less than this of its life left counts as expired: 10 seconds.
    pub shortest_life: Duration,
    /// The wait after the first failure, doubled by each that follows: a second.
    pub first_wait: Duration,
    /// The longest of these waits: 30 seconds.
    pub longest_wait: Duration,
    /// The longest wait that a server can ask for: 300 seconds. A mistake in a header is not to end
    /// the attempts.
    pub longest_asked: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            request_limit: Duration::from_secs(15),
            spare: 3,
            shortest_life: Duration::from_secs(10),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(30),
            longest_asked: Duration::from_secs(300),
        }
    }
}

impl Timings {
    /// The wait after so many failures in a row: 1, 2, 4, 8, 16, 30 seconds, or longer if the
    /// server asked for it.
    pub(crate) fn wait(&self, failures: u32, failure: Failure) -> Duration {
        let doubled = 2_u32.checked_pow(failures.saturating_sub(1));
        let own = doubled.and_then(|times| self.first_wait.checked_mul(times));
        let own = own.unwrap_or(self.longest_wait).min(self.longest_wait);
        let asked = match failure {
            Failure::Retry(Some(asked)) => asked.min(self.longest_asked),
            Failure::Retry(None) | Failure::Unauthorized => Duration::ZERO,
        };
        asked.max(own)
    }

    /// How far into the life of a token the next one is asked for.
    pub(crate) fn refresh_after(&self, lifetime: Duration) -> Duration {
        lifetime - lifetime / self.spare.max(2)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Timings;
    use crate::Failure;

    fn wait(failures: u32, asked: Option<u64>) -> u64 {
        let failure = Failure::Retry(asked.map(Duration::from_secs));
        Timings::default().wait(failures, failure).as_secs()
    }

    #[test]
    fn waits_double_up_to_a_cap() {
        let seconds: Vec<_> = (1..=8).map(|failures| wait(failures, None)).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(wait(u32::MAX, None), 30);
    }

    #[test]
    fn a_server_that_asks_for_more_time_gets_it_within_reason() {
        let asked = |seconds| wait(1, Some(seconds));
        assert_eq!((asked(0), asked(20), asked(9_999)), (1, 20, 300));
    }

    #[test]
    fn a_third_of_a_life_is_left_for_the_next_token() {
        let after = |seconds| Timings::default().refresh_after(Duration::from_secs(seconds));
        assert_eq!(after(300).as_secs(), 200);
    }
}
