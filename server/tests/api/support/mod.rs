//! What every test needs: an app of its own, visitors to it, and the server as a process.

mod answer;
mod app;
mod dist;
mod process;
mod raw;
mod token;
mod visitor;

pub(crate) use answer::Answer;
pub(crate) use app::{App, https};
pub(crate) use dist::Dist;
pub(crate) use process::Process;
pub(crate) use raw::Connection;
pub(crate) use token::{claims, header, verify};
pub(crate) use visitor::Visitor;

/// How long a test waits for something that must happen. Only one that fails waits this long.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Every server function.
pub(crate) const ENDPOINTS: [&str; 9] = [
    "session",
    "sign_in",
    "sign_up",
    "sign_out",
    "identity_token",
    "change_plan",
    "change_password",
    "lessons",
    "switch_fault",
];

/// What a visitor signs up with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// An address that the system gives to nobody else meanwhile: it chooses ports from 32768 on.
pub(crate) fn own_addr() -> String {
    let free =
        (20_000..30_000).find_map(|port| std::net::TcpListener::bind(("127.0.0.1", port)).ok());
    free.unwrap().local_addr().unwrap().to_string()
}
