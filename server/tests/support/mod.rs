//! What every test needs: an app of its own, visitors to it, and the server as a process.

mod answer;
mod app;
mod dist;
pub(crate) mod load;
mod log;
mod process;
mod raw;
mod token;
mod visitor;

pub(crate) use answer::Answer;
pub(crate) use app::{App, HTTPS};
pub(crate) use dist::Dist;
pub(crate) use process::Process;
pub(crate) use raw::Connection;
pub(crate) use token::{claims, header, verify};
pub(crate) use visitor::Visitor;

/// How long a test waits for something that must happen. Only one that fails waits this long.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Every server function.
pub(crate) const ENDPOINTS: [&str; 8] = [
    "session",
    "sign_in",
    "sign_up",
    "sign_out",
    "identity_token",
    "change_plan",
    "lessons",
    "switch_fault",
];

/// What a visitor signs up with.
pub(crate) const PASSWORD: &str = "correct horse battery";
