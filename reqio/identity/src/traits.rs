//! What Reqio is told of a user's plan.

use serde::{Deserialize, Serialize};

use crate::{Cents, Interval};

/// The `traits` claim: the revenue a user stands for. Each part may be left out, and absent parts
/// are left out of the JSON rather than sent as null.
///
/// ```
/// use reqio_identity::{Cents, Interval, Traits};
///
/// let traits = Traits {
///     plan: Some("pro".to_owned()),
///     amount: Some(Cents::from(2_900)),
///     interval: Some(Interval::Month),
/// };
/// let json = serde_json::to_string(&traits).unwrap();
/// assert_eq!(json, r#"{"plan":"pro","amount":2900,"interval":"month"}"#);
/// assert_eq!(serde_json::to_string(&Traits::default()).unwrap(), "{}");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// The plan's name in your billing system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The recurring charge as billed, in cents; an annual plan sends its full annual total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Cents>,
    /// What `amount` is charged for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
}

impl Traits {
    /// Whether nothing is known, in which case the claim is left out as a whole.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plan.is_none() && self.amount.is_none() && self.interval.is_none()
    }
}
