//! What every server function finds in its context: the backend, and the request being answered.

use std::{net::IpAddr, sync::Arc};

use accounts::Accounts;
use axum::http::{Extensions, HeaderMap, HeaderValue, header::SET_COOKIE, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use reqio_identity::Minter;

use super::{client_ip, cookies::Cookies};
use crate::{ApiError, ErrorCode, Identity, ReqioProject};

/// Everything behind the server functions. Provide an `Arc` of it as context to every call.
#[derive(Debug)]
pub struct Backend {
    pub(super) accounts: Accounts,
    minter: Minter,
    reqio: ReqioProject,
    pub(crate) cookies: Cookies,
    trusted_proxy: Option<IpAddr>,
}

impl Backend {
    /// `secure_cookies`: whether visitors reach the server over https. `trusted_proxy`: the address
    /// from which the proxy in front of the server connects, if there is one.
    #[must_use]
    pub fn new(
        accounts: Accounts,
        minter: Minter,
        reqio: ReqioProject,
        secure_cookies: bool,
        trusted_proxy: Option<IpAddr>,
    ) -> Self {
        Self {
            accounts,
            minter,
            reqio,
            cookies: Cookies::new(secure_cookies),
            trusted_proxy,
        }
    }

    /// The backend of the request being answered.
    pub(crate) fn current() -> Result<Arc<Self>, ApiError> {
        use_context().ok_or_else(|| bug("a server function ran without a Backend in its context"))
    }

    /// A token that says to Reqio who `user` is and what they pay.
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

    /// The accounts, for what is no server function: readiness, purging, shutdown.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The address of the client that a request with these is from, if the server says who is at
    /// the other end of the connection.
    #[must_use]
    pub fn client_ip(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
        client_ip::find(extensions, headers, self.trusted_proxy)
    }
}

/// The request being answered.
pub(crate) fn request() -> Result<Parts, ApiError> {
    use_context().ok_or_else(|| bug("no request is being answered"))
}

/// Sends a `Set-Cookie` with the answer.
pub(crate) fn set_cookie(cookie: &str) -> Result<(), ApiError> {
    let response =
        use_context::<ResponseOptions>().ok_or_else(|| bug("no answer is being made"))?;
    let value = HeaderValue::from_str(cookie)
        .map_err(|_| bug("a cookie has characters that no header can carry"))?;
    response.append_header(SET_COOKIE, value);
    Ok(())
}

/// What cannot happen unless the server is put together wrong.
pub(super) fn bug(what: &str) -> ApiError {
    tracing::error!("{what}");
    ErrorCode::InternalError.into()
}
