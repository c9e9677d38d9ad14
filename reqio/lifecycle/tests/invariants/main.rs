//! What holds in whatever order things happen.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod account;
mod browser;
mod promises;
mod server;
mod steps;
mod token;
mod waits;

use std::time::Duration;

use proptest::prelude::*;
use reqio_lifecycle::{Event, Failure};

use crate::{
    browser::Browser,
    steps::{Step, start, step},
};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_order_of_events_breaks_a_promise(
        (notice, start) in start(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut browser = Browser::new(notice);
        browser.take(start);
        for step in steps {
            browser.take(step);
        }
    }

    #[test]
    fn no_number_of_failures_ends_the_attempts(
        failures in prop::collection::vec(prop::option::of(0..5_000_u64), 1..200)
    ) {
        let mut browser = Browser::new(None);
        browser.take(Step::SignIn(0));
        for after in failures {
            let ticket = browser.minting.unwrap();
            let failure = Failure::Retry(after.map(Duration::from_secs));
            browser.happens(Event::MintFailed(ticket, failure));
            browser.take(Step::Timer);
        }
        prop_assert!(browser.minting.is_some());
    }
}
