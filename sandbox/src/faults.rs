//! What goes wrong on purpose, so that an integration's failure paths can be tested.

use std::str::FromStr;
use std::time::Duration;

/// The longest delay that can be asked for. The sandbox's own choice: it bounds how long a request
/// can be held.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// Faults to play, written `slow=2s,fail=0.3,block-widget`. The default plays none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Faults {
    /// How long every answer of the widget's API, and the widget itself, is held back.
    pub slow: Duration,
    /// The share of API requests, from 0 to 1, that fail with 503.
    pub fail: f64,
    /// Whether `widget.js` fails with 503, as if the network or a blocker had stopped it.
    pub block_widget: bool,
}

/// A fault that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a fault; write slow=<up to 60s>, fail=<0 to 1>, block-widget, or several with commas between"
)]
pub struct FaultsError(String);

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut faults = Self::default();
        for part in text.split(',').map(str::trim) {
            let refused = || FaultsError(part.to_owned());
            match part.split_once('=') {
                Some(("slow", delay)) => {
                    faults.slow = humantime::parse_duration(delay).map_err(|_| refused())?;
                    if faults.slow > LONGEST_DELAY {
                        return Err(refused());
                    }
                }
                Some(("fail", share)) => {
                    faults.fail = share.parse().map_err(|_| refused())?;
                    if !(0.0..=1.0).contains(&faults.fail) {
                        return Err(refused());
                    }
                }
                None if part == "block-widget" => faults.block_widget = true,
                _ => return Err(refused()),
            }
        }
        Ok(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_as_documented() {
        let faults: Faults = "slow=2s, fail=0.3,block-widget".parse().unwrap();
        assert_eq!(
            faults,
            Faults {
                slow: Duration::from_secs(2),
                fail: 0.3,
                block_widget: true
            }
        );
    }

    #[test]
    fn a_fault_that_cannot_be_played_is_refused() {
        for text in [
            "",
            "slow",
            "slow=61s",
            "slow=-1s",
            "fail=1.1",
            "fail=-0.1",
            "fail=NaN",
            "fail=x",
            "explode",
        ] {
            assert!(text.parse::<Faults>().is_err(), "{text:?} was taken");
        }
    }
}
