//! What the server functions need to run: accounts, the minter, the limits. Only with the feature
//! `ssr`.

mod attempts;
mod client_address;
mod cookies;
mod error;
mod fault;
mod faults;
mod identities;
mod lessons;
mod session_cookie;
mod visits;

use std::sync::Arc;

use accounts::Accounts;
use identity::Minter;
use leptos::{prelude::use_context, server_fn};

use crate::{ApiError, ErrorCode, Reqio};

pub use attempts::Attempts;
pub use client_address::ClientAddresses;
pub(crate) use error::set_error_status;
pub use fault::Fault;
pub use faults::Faults;
pub use identities::{add_demo_customers, billing};
pub use session_cookie::SessionCookie;

/// Whether there is a server function at `path`.
#[must_use]
pub fn is_endpoint(path: &str) -> bool {
    server_fn::axum::server_fn_paths().any(|(endpoint, _)| endpoint == path)
}

/// Everything behind the server functions. Provide an `Arc` of it as context to every call.
#[derive(Debug)]
pub struct Backend {
    accounts: Accounts,
    minter: Minter,
    reqio: Reqio,
    /// Only where the sandbox plays Reqio's part.
    faults: Option<Faults>,
    session_cookie: SessionCookie,
    attempts: Attempts,
    clients: ClientAddresses,
}

impl Backend {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        accounts: Accounts,
        minter: Minter,
        reqio: Reqio,
        faults: Option<Faults>,
        session_cookie: SessionCookie,
        attempts: Attempts,
        clients: ClientAddresses,
    ) -> Self {
        Self {
            accounts,
            minter,
            reqio,
            faults,
            session_cookie,
            attempts,
            clients,
        }
    }

    /// The backend of the request being answered.
    pub(crate) fn current() -> Result<Arc<Self>, ApiError> {
        use_context().ok_or_else(|| {
            tracing::error!("a server function ran without a Backend in its context");
            ErrorCode::InternalError.into()
        })
    }

    /// What the page is told of Reqio.
    #[must_use]
    pub fn reqio(&self) -> &Reqio {
        &self.reqio
    }

    /// The accounts, for what is no server function: health, housekeeping, shutdown.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The limit on attempts, for housekeeping.
    #[must_use]
    pub fn attempts(&self) -> &Attempts {
        &self.attempts
    }
}
