//! What the demo product sells. Replace it with your own price list.

use reqio_identity::{Cents, Interval};
use serde::{Deserialize, Serialize};

/// A plan of the demo product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// Costs nothing.
    Free,
    /// 29.00 a month or 290.00 a year.
    Pro,
    /// 99.00 a month or 990.00 a year.
    Scale,
}

impl Plan {
    /// Every plan, cheapest first.
    pub const ALL: [Self; 3] = [Self::Free, Self::Pro, Self::Scale];

    /// The name as the token and the database write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Scale => "scale",
        }
    }

    /// What one interval costs, as it is billed: a year's price is the whole year's.
    ///
    /// ```
    /// use app::Plan;
    /// use reqio_identity::Interval;
    ///
    /// let yearly = Plan::Scale.price(Interval::Year);
    /// assert_eq!(yearly.get(), 99_000);
    /// // What Reqio makes of it, by its documentation.
    /// assert_eq!(Interval::Year.monthly_value(yearly).get(), 8_250);
    /// ```
    #[must_use]
    pub fn price(self, interval: Interval) -> Cents {
        Cents::from(match (self, interval) {
            (Self::Free, _) => 0,
            (Self::Pro, Interval::Month) => 2_900,
            (Self::Pro, Interval::Year) => 29_000,
            (Self::Scale, Interval::Month) => 9_900,
            (Self::Scale, Interval::Year) => 99_000,
        })
    }
}
