//! The server functions, as the provider that identity asks.

use std::time::Duration;

use leptos::prelude::*;
use reqio_leptos::{Failure, Identity, Provider};

use crate::{ApiError, ErrorCode, ReqioProject, User, identity_token, session, sign_out};

/// The demo's server. What else it says with a session is for the page.
pub(crate) struct Server {
    pub(crate) user: RwSignal<Option<User>>,
    pub(crate) project: RwSignal<Option<ReqioProject>>,
    /// Why the server did not say who is signed in, when it was asked last.
    pub(crate) problem: RwSignal<Option<ApiError>>,
}

impl Provider for Server {
    async fn token(&self) -> Result<Identity, Failure> {
        identity_token().await.map_err(failure)
    }

    async fn session(&self) -> Result<Option<Identity>, Failure> {
        let session = session().await.map_err(|error| {
            self.problem.set(Some(error.clone()));
            failure(error)
        })?;
        self.problem.set(None);
        self.project.set(Some(session.reqio));
        self.user.set(session.user);
        Ok(session.identity)
    }

    async fn end_session(&self, user: &str) -> Result<(), Failure> {
        sign_out(Some(user.to_owned())).await.map_err(failure)
    }
}

/// What an error means for trying again.
fn failure(error: ApiError) -> Failure {
    match error.code {
        ErrorCode::Unauthorized => Failure::Unauthorized,
        _ => Failure::Retry(error.retry_after.map(Duration::from_secs)),
    }
}
