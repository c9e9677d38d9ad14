//! Money, in the unit Reqio counts in.

use serde::{Deserialize, Serialize};

/// The largest integer that every JSON reader keeps exact: 2^53 - 1 (RFC 8259 section 6).
const MAX: u64 = (1 << 53) - 1;

/// An amount in cents, as billed: 29.00 is `Cents::from(2900)`.
///
/// Reqio reads `traits.amount` in cents. Sending 29 for a plan of 29.00 is the commonest mistake
/// with it, and a type that says cents at every call makes it visible. JSON carries the bare
/// number.
///
/// ```
/// use reqio_identity::Cents;
///
/// assert_eq!(serde_json::to_string(&Cents::from(2_900)).unwrap(), "2900");
/// assert!(serde_json::from_str::<Cents>("29.00").is_err());
/// assert!(Cents::try_from(u64::MAX).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Cents(pub(crate) u64);

/// The amount is above 2^53 - 1 cents, where JSON readers begin to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount has at most {MAX} cents, the largest integer that JSON readers keep exact")]
pub struct TooManyCents;

impl Cents {
    /// The number of cents.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl From<u32> for Cents {
    fn from(cents: u32) -> Self {
        Self(cents.into())
    }
}

impl TryFrom<u64> for Cents {
    type Error = TooManyCents;

    fn try_from(cents: u64) -> Result<Self, Self::Error> {
        if cents <= MAX {
            Ok(Self(cents))
        } else {
            Err(TooManyCents)
        }
    }
}

impl From<Cents> for u64 {
    fn from(cents: Cents) -> Self {
        cents.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Cents, MAX};

    #[test]
    fn cents_are_counted_as_they_were_given() {
        assert_eq!(Cents::from(2_900).get(), 2_900);
        assert_eq!(u64::from(Cents::from(2_900)), 2_900);
    }

    #[test]
    fn amounts_that_json_readers_would_round_are_refused() {
        assert!(Cents::try_from(MAX).is_ok());
        assert!(Cents::try_from(MAX + 1).is_err());
        assert!(serde_json::from_str::<Cents>("9007199254740992").is_err());
    }

    #[test]
    fn amounts_that_are_no_whole_number_of_cents_are_refused() {
        for text in ["-1", "29.5", "\"2900\"", "null"] {
            assert!(
                serde_json::from_str::<Cents>(text).is_err(),
                "{text} was accepted"
            );
        }
    }
}
