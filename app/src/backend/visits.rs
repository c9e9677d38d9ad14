//! Who a request is from, and how that changes: sign-in, sign-up, another password, sign-out.

use std::{
    net::{IpAddr, SocketAddr},
    time::SystemTime,
};

use accounts::{EmailAddress, NewUser, Password, SessionToken, SignedIn, Standing};
use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, HeaderValue, header::SET_COOKIE, request::Parts},
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::Backend;
use crate::{ApiError, ErrorCode, User};

impl Backend {
    /// The user whose session `headers` carry.
    ///
    /// # Errors
    /// `unavailable` if the accounts cannot be asked.
    pub async fn user_of(&self, headers: &HeaderMap) -> Result<Option<accounts::User>, ApiError> {
        let Some(token) = self.session_cookie.read(headers) else {
            return Ok(None);
        };
        Ok(self.accounts.resume(&token, SystemTime::now()).await?)
    }

    /// The user of the request being answered, or nobody.
    pub(crate) async fn visitor(&self) -> Result<Option<accounts::User>, ApiError> {
        self.user_of(&request()?.headers).await
    }

    /// The user of the request being answered; `unauthorized` without one.
    pub(crate) async fn signed_in_user(&self) -> Result<accounts::User, ApiError> {
        self.visitor()
            .await?
            .ok_or_else(|| ErrorCode::Unauthorized.into())
    }

    /// The same user, for what a page asks by itself: it keeps no session alive.
    pub(crate) async fn unattended_user(&self) -> Result<accounts::User, ApiError> {
        let token = self.session_token()?.ok_or(ErrorCode::Unauthorized)?;
        let found = self.accounts.resume_unattended(&token, SystemTime::now());
        found.await?.ok_or_else(|| ErrorCode::Unauthorized.into())
    }

    /// Counts an attempt to get into `account`, and says whose it is.
    pub(crate) async fn count_attempt(&self, account: &EmailAddress) -> Result<Standing, ApiError> {
        let (address, now) = (self.client_address()?, SystemTime::now());
        logged("sign-in", self.attempts.count(address, account, now).await)
    }

    /// The address of the client that a request with these is from, if the server says so.
    #[must_use]
    pub fn client_of(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
        let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
        Some(self.clients.find(peer.ip(), headers))
    }

    fn client_address(&self) -> Result<IpAddr, ApiError> {
        let request = request()?;
        self.client_of(&request.extensions, &request.headers)
            .ok_or_else(|| unforeseen("the server does not say which address a request is from"))
    }

    pub(crate) async fn sign_in(
        &self,
        email: &EmailAddress,
        password: Password,
    ) -> Result<User, ApiError> {
        let standing = self.count_attempt(email).await?;
        let (replaced, now) = (self.session_token()?, SystemTime::now());
        let signed_in = self
            .accounts
            .sign_in(email, password, standing, replaced.as_ref(), now)
            .await;
        self.welcome(logged("sign-in", signed_in)?).await
    }

    pub(crate) async fn sign_up(&self, new: NewUser) -> Result<User, ApiError> {
        let (address, now) = (self.client_address()?, SystemTime::now());
        let counted = self.attempts.count_sign_up(address, &new.email, now).await;
        logged("sign-up", counted)?;
        let replaced = self.session_token()?;
        let signed_in = self.accounts.sign_up(new, replaced.as_ref(), now).await;
        self.welcome(logged("sign-up", signed_in)?).await
    }

    pub(crate) async fn change_password(
        &self,
        current: Password,
        new: Password,
    ) -> Result<User, ApiError> {
        let session = self.session_token()?.ok_or(ErrorCode::Unauthorized)?;
        let changed = self
            .accounts
            .change_password(&session, current, new, SystemTime::now())
            .await;
        let changed = logged("password change", changed)?;
        self.welcome(changed.ok_or(ErrorCode::Unauthorized)?).await
    }

    pub(crate) async fn sign_out(&self) -> Result<(), ApiError> {
        self.end_session().await?;
        set_cookie(&self.session_cookie.remove())
    }

    /// Ends the session and leaves the browser its cookie.
    pub(crate) async fn end_session(&self) -> Result<(), ApiError> {
        if let Some(token) = self.session_token()? {
            self.accounts.sign_out(&token).await?;
        }
        Ok(())
    }

    fn session_token(&self) -> Result<Option<SessionToken>, ApiError> {
        Ok(self.session_cookie.read(&request()?.headers))
    }

    async fn welcome(&self, SignedIn { user, session }: SignedIn) -> Result<User, ApiError> {
        set_cookie(&self.session_cookie.set(&session))?;
        let (address, now) = (self.client_address()?, SystemTime::now());
        // Their session has begun: what cannot be remembered now will be the next time.
        if let Err(error) = self.attempts.remember(address, &user.id, now).await {
            tracing::error!(%error, "from where somebody signed in was not remembered");
        }
        tracing::info!(user = %user.id, "signed in");
        Ok(user.into())
    }
}

/// Says in the log that `attempt` came to nothing, and why: never whose it was, as an email that is
/// typed wrong may be somebody else's, and a password may be typed where the email belongs.
fn logged<T>(attempt: &str, outcome: Result<T, impl Into<ApiError>>) -> Result<T, ApiError> {
    outcome.map_err(Into::into).inspect_err(|error| {
        tracing::info!(code = ?error.code, "{attempt} refused");
    })
}

pub(crate) fn request() -> Result<Parts, ApiError> {
    use_context().ok_or_else(|| unforeseen("no request is being answered"))
}

pub(crate) fn set_cookie(cookie: &str) -> Result<(), ApiError> {
    let response =
        use_context::<ResponseOptions>().ok_or_else(|| unforeseen("no response is being made"))?;
    let value = HeaderValue::from_str(cookie)
        .map_err(|_| unforeseen("a cookie has characters no header can carry"))?;
    response.append_header(SET_COOKIE, value);
    Ok(())
}

fn unforeseen(what: &str) -> ApiError {
    tracing::error!("{what}");
    ErrorCode::InternalError.into()
}
