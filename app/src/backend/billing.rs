//! What users are billed: the plan they buy, and what the demo customers have bought already.

use std::time::SystemTime;

use accounts::{Accounts, Billing, NewUser, Password};
use reqio_identity::Interval;

use super::Backend;
use crate::{ApiError, DEMO_CUSTOMERS, DEMO_PASSWORD, ErrorCode, Plan, User};

impl Backend {
    pub(crate) async fn change_plan(
        &self,
        user: &accounts::User,
        plan: Plan,
        interval: Interval,
    ) -> Result<User, ApiError> {
        let changed = self
            .accounts
            .change_billing(&user.id, &billing(plan, interval))
            .await?;
        changed
            .map(User::from)
            .ok_or_else(|| ErrorCode::Unauthorized.into())
    }
}

/// The billing record of somebody who buys `plan`.
#[must_use]
pub fn billing(plan: Plan, interval: Interval) -> Billing {
    if plan == Plan::Free {
        return Billing::free();
    }
    Billing {
        plan: plan.as_str().to_owned(),
        amount: plan.price(interval),
        interval,
    }
}

/// Adds the demo customers at the start of a server with a sandbox. Each has the plan they start
/// with, whatever was chosen for them before.
///
/// # Errors
/// Whatever the accounts cannot do.
pub async fn add_demo_customers(accounts: &Accounts) -> Result<(), accounts::Error> {
    for customer in DEMO_CUSTOMERS {
        let new = NewUser {
            name: customer
                .name
                .parse()
                .expect("the demo customers' names are valid"),
            email: customer
                .email
                .parse()
                .expect("the demo customers' emails are valid"),
            password: Password::choose(DEMO_PASSWORD.to_owned())
                .expect("the demo password is valid"),
            billing: billing(customer.plan, customer.interval),
        };
        accounts.add_demo_customer(new, SystemTime::now()).await?;
    }
    Ok(())
}
