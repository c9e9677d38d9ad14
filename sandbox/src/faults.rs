//! What goes wrong on purpose, so that an integration's failure paths can be tested.

use serde::Deserialize;

use crate::Hold;

/// Faults to play until others take their place. The default plays none.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// How long every answer of the widget's API is held back.
    pub slow: Hold,
    /// The share of the API's requests that fail with 503.
    pub fail: Share,
    /// Whether the API's answers end half-way, as when the network breaks.
    pub cut: bool,
    /// How long `widget.js` is held back.
    pub late_script: Hold,
    /// Whether `widget.js` fails with 503, as if the network or a blocker had stopped it.
    pub block_script: bool,
}

/// A share of requests, from 0 for none to 1 for all.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(try_from = "f64")]
pub struct Share(f64);

/// A number that is no share.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a share of requests is a number from 0 for none to 1 for all")]
pub struct ShareError;

impl Share {
    /// Every request.
    pub const ALL: Self = Self(1.0);

    /// Whether chance picks a request that is one of this share.
    pub(crate) fn strikes(self) -> bool {
        let roll = getrandom::u32().unwrap_or_default();
        f64::from(roll) < self.0 * (f64::from(u32::MAX) + 1.0)
    }
}

impl TryFrom<f64> for Share {
    type Error = ShareError;

    fn try_from(share: f64) -> Result<Self, ShareError> {
        (0.0..=1.0)
            .contains(&share)
            .then_some(Self(share))
            .ok_or(ShareError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_and_none_are_no_matter_of_chance() {
        assert!((0..1_000).all(|_| Share::ALL.strikes()));
        assert!(!(0..1_000).any(|_| Share::default().strikes()));
        let half = Share::try_from(0.5).unwrap();
        assert!((0..1_000).any(|_| half.strikes()) && (0..1_000).any(|_| !half.strikes()));
    }

    #[test]
    fn a_number_that_is_no_share_is_refused() {
        for share in [-0.1, 1.1, f64::NAN] {
            assert!(Share::try_from(share).is_err(), "{share} was taken");
        }
    }
}
