//! Both halves of the app: what they share, and what each has for itself.

pub mod api;
#[cfg(feature = "csr")]
pub mod identity;
#[cfg(feature = "ssr")]
mod reqio;
pub mod session;
#[cfg(feature = "csr")]
mod widget;
