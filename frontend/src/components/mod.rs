//! What there is to see, one piece a file.

mod account;
mod attempt;
mod demo_customers;
mod notices;
mod page;
mod plan_picker;
mod sign_in_form;
mod token_in_use;
mod verdict;

pub(crate) use account::Account;
pub(crate) use attempt::Attempt;
pub(crate) use demo_customers::DemoCustomers;
pub(crate) use notices::Notices;
pub(crate) use page::{PageFooter, PageHeader};
pub(crate) use sign_in_form::SignInForm;
pub(crate) use token_in_use::TokenInUse;
pub(crate) use verdict::Verdict;

use leptos::prelude::Signal;
use plan_picker::PlanPicker;

/// A text that changes. Named types where closures would do: each closure type is compiled with all
/// that draws it, and the two of these only once.
fn text(read: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(read)
}

/// A yes or no that changes.
fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(read)
}
