//! Authentication: who a request is from, and how that changes by signing in, up and out.

use std::time::SystemTime;

use accounts::{Client, EmailAddress, NewUser, Password, SignedIn};
use axum::http::HeaderMap;

use super::context::{Backend, bug, request, set_cookie};
use crate::{ApiError, ErrorCode, User};

impl Backend {
    /// The user whose session `headers` carry.
    ///
    /// # Errors
    /// `unavailable` if the database cannot be asked.
    pub async fn user_of(&self, headers: &HeaderMap) -> Result<Option<accounts::User>, ApiError> {
        match self.cookies.session(headers) {
            Some(token) => Ok(self.accounts.resume(&token, SystemTime::now()).await?),
            None => Ok(None),
        }
    }

    /// The user of the request being answered, or nobody.
    pub(crate) async fn current_user(&self) -> Result<Option<accounts::User>, ApiError> {
        self.user_of(&request()?.headers).await
    }

    /// The user of the request being answered; `unauthorized` without one.
    pub(crate) async fn signed_in_user(&self) -> Result<accounts::User, ApiError> {
        self.current_user()
            .await?
            .ok_or_else(|| ErrorCode::Unauthorized.into())
    }

    /// The same user, for what a page asks by itself: it keeps no session alive.
    pub(crate) async fn unattended_user(&self) -> Result<accounts::User, ApiError> {
        let token = self
            .cookies
            .session(&request()?.headers)
            .ok_or(ErrorCode::Unauthorized)?;
        let found = self.accounts.resume_unattended(&token, SystemTime::now());
        found.await?.ok_or_else(|| ErrorCode::Unauthorized.into())
    }

    pub(crate) async fn sign_in(
        &self,
        email: &EmailAddress,
        password: Password,
    ) -> Result<User, ApiError> {
        let client = self.client()?;
        let outcome = self
            .accounts
            .sign_in(email, password, &client, SystemTime::now())
            .await;
        self.set_cookies(outcome, "sign-in")
    }

    pub(crate) async fn sign_up(&self, new: NewUser) -> Result<User, ApiError> {
        let outcome = self
            .accounts
            .sign_up(new, &self.client()?, SystemTime::now())
            .await;
        self.set_cookies(outcome, "sign-up")
    }

    /// Ends the session and removes its cookie; with `user`, only if it is theirs.
    pub(crate) async fn sign_out(&self, user: Option<&str>) -> Result<(), ApiError> {
        let has_ended = self.end_session(user).await?;
        // Else the cookie may be that of a later session.
        if has_ended || user.is_none() {
            set_cookie(&self.cookies.remove_session())?;
        }
        Ok(())
    }

    /// Ends the session and leaves the browser its cookie. Says whether there was one to end.
    pub(crate) async fn end_session(&self, user: Option<&str>) -> Result<bool, ApiError> {
        match self.cookies.session(&request()?.headers) {
            Some(token) => Ok(self.accounts.sign_out(&token, user).await?),
            None => Ok(false),
        }
    }

    /// Where the request being answered comes from.
    fn client(&self) -> Result<Client, ApiError> {
        let request = request()?;
        let ip = self.client_ip(&request.extensions, &request.headers);
        Ok(Client {
            ip: ip.ok_or_else(|| bug("the server does not say where a request is from"))?,
            device: self.cookies.device(&request.headers),
            session: self.cookies.session(&request.headers),
        })
    }

    /// The log never says whose email it was: one that is typed wrong may be somebody else's, and a
    /// password may be typed in its place.
    fn set_cookies(
        &self,
        outcome: Result<SignedIn, accounts::Error>,
        what: &str,
    ) -> Result<User, ApiError> {
        let SignedIn {
            user,
            session,
            device,
        } = outcome
            .map_err(ApiError::from)
            .inspect_err(|error| tracing::info!(code = ?error.code, "{what} refused"))?;
        set_cookie(&self.cookies.set_session(&session))?;
        set_cookie(&self.cookies.set_device(&device))?;
        tracing::info!(user = %user.id, "signed in");
        Ok(user.into())
    }
}
