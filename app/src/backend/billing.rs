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
    // What costs nothing is billed by no particular interval; say month, as the free plan does
    // everywhere.
    let interval = if plan == Plan::Free {
        Interval::Month
    } else {
        interval
    };
    Billing {
        plan: plan.as_str().to_owned(),
        amount: plan.price(interval),
        interval,
    }
}

/// Adds the demo customers that are not there yet.
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

/// Takes out of the database what only a sandbox may have in it: the demo customers, and plans that
/// nobody paid for.
///
/// # Errors
/// Whatever the accounts cannot do.
pub async fn leave_sandbox(accounts: &Accounts) -> Result<(), accounts::Error> {
    accounts.remove_demo_customers().await?;
    let free = billing(Plan::Free, Interval::Month);
    let users = accounts.take_back_unpaid_plans(&free).await?;
    if users > 0 {
        tracing::warn!(users, "plans chosen in the sandbox are free again");
    }
    Ok(())
}
