//! What goes wrong on purpose, so that an integration's failure paths can be tested.

use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error};

/// The longest that a request is held, in seconds. The sandbox's own choice: it bounds what a
/// forgotten one costs.
const LONGEST_HOLD: f64 = 60.0;

/// Faults to play until others take their place. The default plays none.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// How long every answer of the widget's API is held back.
    #[serde(deserialize_with = "hold")]
    pub slow: Duration,
    /// The share of the API's requests that fail with 503, from 0 for none to 1 for all.
    #[serde(deserialize_with = "share")]
    pub fail: f64,
    /// Whether the API's answers end half-way, as when the network breaks.
    pub cut: bool,
    /// How long `widget.js` is held back.
    #[serde(deserialize_with = "hold")]
    pub late_script: Duration,
    /// Whether `widget.js` fails with 503, as if the network or a blocker had stopped it.
    pub block_script: bool,
}

impl Faults {
    /// Whether chance picks a request to fail.
    pub(crate) fn strike(&self) -> bool {
        let roll = getrandom::u32().unwrap_or_default();
        f64::from(roll) < self.fail * (f64::from(u32::MAX) + 1.0)
    }
}

/// How long a request may be held: by a fault, or by a test that waits for something to be seen.
pub(crate) fn hold<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    if (0.0..=LONGEST_HOLD).contains(&seconds) {
        return Ok(Duration::from_secs_f64(seconds));
    }
    let bounds = format_args!("a request can be held for 0 to {LONGEST_HOLD} seconds");
    Err(D::Error::custom(bounds))
}

fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let share = f64::deserialize(deserializer)?;
    if (0.0..=1.0).contains(&share) {
        return Ok(share);
    }
    let bounds = "a share of requests is a number from 0 for none to 1 for all";
    Err(D::Error::custom(bounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_and_none_are_no_matter_of_chance() {
        let strikes = |fail| {
            let faults = Faults {
                fail,
                ..Faults::default()
            };
            (0..1_000).filter(|_| faults.strike()).count()
        };
        assert_eq!((strikes(0.0), strikes(1.0)), (0, 1_000));
        assert!((1..1_000).contains(&strikes(0.5)));
    }

    #[test]
    fn what_is_no_share_and_no_time_to_hold_a_request_is_refused() {
        let read = |faults: &str| serde_json::from_str::<Faults>(faults);
        for taken in [r#"{"slow":0}"#, r#"{"slow":60.0}"#, r#"{"fail":0.3}"#] {
            assert!(read(taken).is_ok(), "{taken} was refused");
        }
        for refused in [
            "slow\":-1",
            "slow\":60.1",
            "late_script\":61",
            "fail\":-0.1",
            "fail\":1.1",
        ] {
            assert!(
                read(&format!("{{\"{refused}}}")).is_err(),
                "{refused} was taken"
            );
        }
    }
}
