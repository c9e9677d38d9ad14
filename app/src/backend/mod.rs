//! What the server functions need to run: accounts, the minter, the limits. Only with the feature
//! `ssr`.

mod billing;
mod client_address;
pub(crate) mod cookies;
mod error;
mod session_cookie;
mod visits;

use std::sync::Arc;

use accounts::{Accounts, Attempts};
use leptos::{prelude::use_context, server_fn};
use reqio_identity::Minter;

use crate::{ApiError, ErrorCode, Identity, ReqioProject};

pub use billing::{add_demo_customers, billing, leave_sandbox};
pub use client_address::ClientAddresses;
pub(crate) use error::set_error_status;
pub use session_cookie::SessionCookie;
pub(crate) use visits::{request, set_cookie};

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
    reqio: ReqioProject,
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
        reqio: ReqioProject,
        session_cookie: SessionCookie,
        attempts: Attempts,
        clients: ClientAddresses,
    ) -> Self {
        Self {
            accounts,
            minter,
            reqio,
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

    /// A token that says to Reqio who `user` is and what they pay, good from now on.
    ///
    /// # Errors
    /// `identity_error`.
    pub fn mint(&self, user: &accounts::User) -> Result<Identity, ApiError> {
        Ok(self.minter.mint(&user.into())?)
    }

    /// What the page is told of Reqio.
    #[must_use]
    pub fn reqio(&self) -> &ReqioProject {
        &self.reqio
    }

    /// The accounts, for what is no server function: health, housekeeping, shutdown.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Whether the app's cookies travel over https alone.
    pub(crate) fn has_secure_cookies(&self) -> bool {
        self.session_cookie.is_secure()
    }
}
