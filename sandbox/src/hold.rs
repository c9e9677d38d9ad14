//! How long a request may be held: by a fault, or by a test that waits for something to be seen.

use std::time::Duration;

use serde::Deserialize;

/// The sandbox's own choice: it bounds what a forgotten request costs.
const LONGEST: Duration = Duration::from_secs(60);

/// 0 to 60 seconds, written as a number of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "f64")]
pub struct Hold(Duration);

/// A time that a request cannot be held.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a request can be held for 0 to {} seconds", LONGEST.as_secs())]
pub struct HoldError;

impl Hold {
    /// What an assertion waits for what it asserts.
    pub(crate) const TEN_SECONDS: Self = Self(Duration::from_secs(10));

    pub(crate) fn duration(self) -> Duration {
        self.0
    }
}

impl TryFrom<Duration> for Hold {
    type Error = HoldError;

    fn try_from(duration: Duration) -> Result<Self, HoldError> {
        (duration <= LONGEST)
            .then_some(Self(duration))
            .ok_or(HoldError)
    }
}

impl TryFrom<f64> for Hold {
    type Error = HoldError;

    fn try_from(seconds: f64) -> Result<Self, HoldError> {
        Duration::try_from_secs_f64(seconds)
            .map_err(|_| HoldError)?
            .try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_held_for_a_minute_at_most() {
        for seconds in [0.0, 0.3, 60.0] {
            assert!(Hold::try_from(seconds).is_ok(), "{seconds} was refused");
        }
        for seconds in [-1.0, 60.1, f64::NAN, f64::INFINITY] {
            assert!(Hold::try_from(seconds).is_err(), "{seconds} was taken");
        }
    }
}
