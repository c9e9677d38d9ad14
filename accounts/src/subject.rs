//! What Reqio is told of a user: from the billing record to the claims of a token.

use reqio_identity::{Subject, Traits};

use crate::{Billing, User};

impl From<&User> for Subject {
    fn from(user: &User) -> Self {
        let Billing {
            plan,
            amount,
            interval,
        } = user.billing.clone();
        Self {
            id: user.id.to_string(),
            email: Some(user.email.clone()),
            traits: Traits {
                plan: Some(plan),
                amount: Some(amount),
                interval: Some(interval),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use reqio_identity::{Cents, Interval, Subject};

    use crate::{Billing, User, UserId};

    #[test]
    fn reqio_is_told_who_a_user_is_and_what_they_pay_and_not_their_name() {
        let stella = User {
            id: UserId("usr_1".to_owned()),
            name: "Stella Scale".to_owned(),
            email: "stella@example.com".to_owned(),
            billing: Billing {
                plan: "scale".to_owned(),
                amount: Cents::from(99_000),
                interval: Interval::Year,
            },
        };
        let told = Subject::new("usr_1")
            .email("stella@example.com")
            .plan("scale")
            .amount(Cents::from(99_000))
            .interval(Interval::Year);
        assert_eq!(Subject::from(&stella), told);
    }
}
