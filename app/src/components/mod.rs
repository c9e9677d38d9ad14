//! What there is to see, one piece a file.
#![expect(
    unreachable_pub,
    reason = "the `component` macro writes public items into these private modules"
)]

mod account;
mod app;
mod attempt;
mod demo_customers;
mod notices;
mod page;
mod plan_picker;
mod provider;
mod sign_in_form;
mod token_in_use;
mod verdict;
mod visit;

use account::Account;
pub use app::App;
pub(crate) use attempt::Attempt;
use demo_customers::DemoCustomers;
use notices::Notices;
use page::{PageFooter, PageHeader};
use plan_picker::PlanPicker;
use sign_in_form::SignInForm;
use token_in_use::TokenInUse;
use verdict::Verdict;
pub(crate) use visit::Visit;
use visit::{Access, ticking};

use leptos::prelude::Signal;

/// A text that changes. Named types where closures would do: each closure type is compiled with all
/// that draws it, and the two of these only once.
fn text(read: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(read)
}

/// A yes or no that changes.
fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(read)
}
