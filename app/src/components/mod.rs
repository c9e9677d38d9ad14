//! What there is to see, one piece a file.
#![expect(
    unreachable_pub,
    reason = "the `component` macro writes public items into these private modules"
)]

mod account;
mod app;
mod backlog;
mod clock;
mod complaint;
mod credentials;
mod demo_customers;
mod identity_state;
mod missing_widget;
mod notices;
mod page;
mod plan_picker;
mod provider;
mod sign_in_form;
mod token_in_use;
mod visit;
mod what_reqio_sees;
mod worth;
mod your_app;

use account::Account;
pub use app::App;
use backlog::Backlog;
use complaint::Complaint;
use credentials::Credentials;
use demo_customers::DemoCustomers;
use identity_state::IdentityState;
use missing_widget::MissingWidget;
use notices::Notices;
use page::{PageFooter, PageHeader};
use plan_picker::PlanPicker;
use sign_in_form::SignInForm;
use token_in_use::TokenInUse;
use visit::Access;
pub(crate) use visit::Visit;
use what_reqio_sees::WhatReqioSees;
use worth::Worth;
use your_app::YourApp;
