//! What the server functions need to run. Only with the feature `ssr`.

mod auth;
mod billing;
mod client_ip;
mod context;
pub(crate) mod cookies;
mod error;

use leptos::server_fn;

pub use billing::{add_demo_customers, billing};
pub use context::Backend;
pub(crate) use context::{request, set_cookie};

/// Whether there is a server function at `path`.
#[must_use]
pub fn is_endpoint(path: &str) -> bool {
    server_fn::axum::server_fn_paths().any(|(endpoint, _)| endpoint == path)
}
