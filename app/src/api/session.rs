//! `POST /api/session`: what a page needs to know when it loads.

use json_post::JsonPost;
use leptos::prelude::*;
use reqio_identity::{Identity, ProjectId};
use serde::{Deserialize, Serialize};

use crate::{ApiError, User};

/// Who is signed in, and where Reqio is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The signed-in user, or nobody.
    pub user: Option<User>,
    /// The Reqio project that the page's widget belongs to.
    pub reqio: ReqioProject,
    /// A fresh token of the signed-in user, so that a reload is identified from the widget's first
    /// request on.
    pub identity: Option<Identity>,
}

/// What the page must know of Reqio. All of it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReqioProject {
    /// The project's id, for `data-project-id`.
    pub project_id: ProjectId,
    /// Where the widget's script is.
    pub widget_url: String,
    /// Whether the local sandbox stands in for Reqio.
    pub sandbox: bool,
}

/// Says who is signed in, with a fresh token if somebody is.
#[server(name = SessionRequest, endpoint = "session", protocol = JsonPost)]
pub async fn session() -> Result<Session, ApiError> {
    let backend = crate::backend::Backend::current()?;
    let user = backend.current_user().await?;
    let identity = user.as_ref().map(|user| backend.mint(user)).transpose()?;
    Ok(Session {
        user: user.map(User::from),
        reqio: backend.reqio().clone(),
        identity,
    })
}
