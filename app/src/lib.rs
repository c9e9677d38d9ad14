//! The demo's app: its server functions, the types they carry, and what the server runs them with.
//!
//! Built with `csr`, each function is a `fetch` of its endpoint, for the browser. Built with `ssr`,
//! it is the endpoint itself, and the module `backend` holds what it needs. Where cargo merges the
//! two, as `--workspace` does, `ssr` wins and the result is the server.
//!
//! Every endpoint has a name of its own (`endpoint = "…"`): the default one carries a hash of the
//! build directory, and halves that were built in two places would not find each other.
//!
//! # What of Leptos is used where, by the chapters of its book
//!
//! - "Components and Props": every file of `components`; props with documentation in
//!   `complaint.rs`.
//! - "Dynamic Attributes", and "Working with Signals", derived ones: `identity_state.rs`.
//! - "Iteration", over a list that stays: `demo_customers.rs`.
//! - "Forms and Inputs", uncontrolled, with `NodeRef`: `sign_in_form.rs`, `plan_picker.rs`.
//! - "Control Flow", with `<Show>`: `your_app.rs`, `notices.rs`.
//! - "Global State Management", by context: `visit.rs`, `explanation/page/story.rs`.
//! - "Responding to Changes with Effects", and `Memo`: `visit.rs`.
//! - "Actions", pending and value: `credentials.rs`, `plan_picker.rs`, `faults.rs`.
//! - "Server Functions": `api`, one a file, and `explanation/lessons.rs`.
//! - "Integrating with JavaScript: `wasm-bindgen`, `web_sys`, and `HtmlElement`":
//!   `explanation/page/copy.rs`.
//! - `on_cleanup`, "Appendix: The Life Cycle of a Signal": `clock.rs`, `story.rs`.
//!
//! # Reading order
//!
//! 1. [`session`]: what a page asks first, and [`User`], [`ReqioProject`] and [`Identity`] in the
//!    answer.
//! 2. [`sign_in`], [`sign_up`], [`sign_out`]: how the answer changes.
//! 3. [`identity_token`]: the token, for whoever the session says is there. It takes no argument,
//!    on purpose.
//! 4. [`change_plan`]: other traits in the next token. [`Plan`] is the price list, in cents.
//! 5. [`ApiError`]: the one error of all of them; [`json_post`]: how they travel.
//! 6. [`explanation`]: what only teaches; leave it behind.
#![forbid(unsafe_code)]

mod api;
#[cfg(feature = "ssr")]
pub mod backend;
mod components;
mod demo_customers;
pub mod explanation;
mod money;

pub use api::{
    ApiError, ErrorCode, Field, Identity, Password, Plan, ReqioProject, Session, User, change_plan,
    identity_token, session, sign_in, sign_out, sign_up,
};
pub use components::App;
pub use demo_customers::{DEMO_CUSTOMERS, DEMO_PASSWORD, DemoCustomer};
