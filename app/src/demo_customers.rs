//! The customers one click away on the page. They exist only where the sandbox plays Reqio's part.

use reqio_identity::Interval;

use crate::Plan;

/// The password of every demo customer.
pub const DEMO_PASSWORD: &str = "reqio-demo";

/// A customer to sign in as without signing up.
#[derive(Clone, Copy, Debug)]
pub struct DemoCustomer {
    /// What they are called.
    pub name: &'static str,
    /// What they sign in with.
    pub email: &'static str,
    /// What they have bought.
    pub plan: Plan,
    /// How they pay for it.
    pub interval: Interval,
}

/// One customer of each plan; the last pays by the year.
pub const DEMO_CUSTOMERS: [DemoCustomer; 3] = [
    DemoCustomer {
        name: "Frida Free",
        email: "free@acme.test",
        plan: Plan::Free,
        interval: Interval::Month,
    },
    DemoCustomer {
        name: "Paul Pro",
        email: "pro@acme.test",
        plan: Plan::Pro,
        interval: Interval::Month,
    },
    DemoCustomer {
        name: "Stella Scale",
        email: "scale@acme.test",
        plan: Plan::Scale,
        interval: Interval::Year,
    },
];
